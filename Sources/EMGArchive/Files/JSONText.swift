/// A JSON value to be written.
///
/// The text is the one of Foundation's encoder with sorted keys and pretty printing, with one
/// difference that matters: a number with a fraction keeps its point (`20.0`), so that reading
/// the text back gives the same ``EMGSignal/ProcessingStep``. It also never changes with a
/// version of Foundation, which would change the bytes of archives.
enum JSONText: Sendable, Hashable {
    case string(String)
    case integer(Int)
    /// A finite number.
    case number(Double)
    case boolean(Bool)
    case array([JSONText])
    case object([String: JSONText])

    /// The text on one line.
    var compact: String {
        var text = ""
        write(to: &text, indentation: nil)
        return text
    }

    /// The text with two spaces a level and a final newline.
    var pretty: String {
        var text = ""
        write(to: &text, indentation: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indentation: Int?) {
        switch self {
        case .string(let value): Self.write(value, to: &text)
        case .integer(let value): text += String(value)
        case .number(let value):
            precondition(value.isFinite, "JSON has no number for \(value)")
            text += "\(value)"
        case .boolean(let value): text += String(value)
        case .array(let values):
            Self.write(values, within: "[]", to: &text, indentation: indentation) {
                $0.write(to: &$1, indentation: $2)
            }
        case .object(let members):
            let sorted = members.sorted {
                $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
            }
            Self.write(sorted, within: "{}", to: &text, indentation: indentation) {
                Self.write($0.key, to: &$1)
                $1 += $2 == nil ? ":" : " : "
                $0.value.write(to: &$1, indentation: $2)
            }
        }
    }

    private static func write<Part>(
        _ parts: [Part], within brackets: String, to text: inout String, indentation: Int?,
        _ writePart: (Part, inout String, Int?) -> Void
    ) {
        text += brackets.prefix(1)
        let inner = indentation.map { $0 + 2 }
        for (index, part) in parts.enumerated() {
            if index > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            writePart(part, &text, inner)
        }
        if let indentation, !parts.isEmpty {
            text += "\n" + String(repeating: " ", count: indentation)
        }
        text += brackets.suffix(1)
    }

    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
