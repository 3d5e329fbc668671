private import PrintableText

/// What libyaml's words for a fault mean to the person who wrote the text.
struct YAMLFault {
    /// What stands there.
    let found: String
    /// What to do.
    let hint: String

    /// - Parameters:
    ///   - problem: libyaml's words.
    ///   - character: The character where it stopped; `nil` at the end of the text.
    init(problem: String, character: Character?) {
        let indentation =
            "give what belongs together the same indentation, in spaces, and what lies in it more"
        switch problem {
        case "found character that cannot start any token":
            if character == "\t" {
                found = "a tab"
                hint = "indent with spaces: YAML takes no tabs there"
            } else {
                found = "a text that begins with \(character.map { "\"\($0)\"" } ?? "nothing")"
                hint = "put the text in quotes"
            }
        case "mapping values are not allowed in this context":
            found = "a \":\" where no name can stand"
            hint = "\(indentation); put a text that has \": \" in it in quotes"
        case "did not find expected key", "did not find expected '-' indicator":
            found = "a line that belongs to nothing above it"
            hint = indentation
        case "could not find expected ':'":
            found = "a line without \": \""
            hint = "write a setting as \"name: value\", with a space behind the colon"
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            found = "no \(problem.suffix(3))"
            hint =
                "close what was opened by \(problem.hasSuffix("'}'") ? "\"{\"" : "\"[\""), and "
                + "put commas between its members"
        case "found unexpected end of stream":
            found = "a quote that is not closed"
            hint = "close it"
        default:
            found = (problem.hasPrefix("found ") ? String(problem.dropFirst(6)) : problem)
                .printable()
            hint = "put texts with special characters in quotes"
        }
    }
}
