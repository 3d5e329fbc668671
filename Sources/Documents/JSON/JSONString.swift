/// Texts as they stand in JSON and, as JSON is YAML, in YAML.
enum JSONString {
    /// The text in quotation marks.
    ///
    /// Beyond the letter of RFC 8259, whatever an editor, a terminal or a reader of YAML would not
    /// show, or take for the end of a line, is escaped: DEL, the controls of ISO 8859-1, the line
    /// and paragraph separators of Unicode, byte order marks and noncharacters.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - isASCII: Whether characters beyond ASCII are escaped, too.
    /// - Returns: The text as it stands in JSON.
    static func quoted(_ text: String, isASCII: Bool = false) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}",
                "\u{FFFE}", "\u{FFFF}":
                result += escape(scalar)
            default:
                if isASCII, !scalar.isASCII {
                    result += escape(scalar)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// One escape, or two for the halves of a surrogate pair.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
