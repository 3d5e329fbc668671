/// Pieces of C.
enum CText {
    /// A number of single precision: the shortest decimal that is read as the same bits.
    static func literal(_ value: Float) -> String { "\(value)f" }

    /// A number of double precision.
    static func literal(_ value: Double) -> String { "\(value)" }

    /// A text.
    static func literal(_ text: String) -> String {
        var result = "\""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"):
                result += "\\" + String(UnicodeScalar(byte))
            case 0x20..<0x7F: result.unicodeScalars.append(UnicodeScalar(byte))
            default:
                // Three octal digits end by themselves, whatever follows.
                let digits = String(byte, radix: 8)
                result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// A text within a comment.
    static func comment(_ text: String) -> String {
        text.replacing("*/", with: "* /").replacing("/*", with: "/ *")
            .replacing("\\", with: "/").split(whereSeparator: \.isNewline)
            .joined(separator: " ")
    }

    /// A name that begins with a prefix, of a text with any characters.
    static func identifier(_ prefix: String, _ text: String) -> String {
        prefix
            + String(
                text.unicodeScalars.map { scalar in
                    scalar.isASCII
                        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                        ? Character(scalar) : "_"
                })
    }

    /// A table of constants in lines.
    static func table(_ type: String, _ name: String, _ items: [String]) -> String {
        var lines: [String] = []
        var line = ""
        for item in items {
            if !line.isEmpty, line.utf8.count + item.utf8.count > 90 {
                lines.append("    " + line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + item + ","
        }
        lines.append("    " + line)
        return "static const \(type) \(name)[\(items.count)] = {\n"
            + lines.joined(separator: "\n") + "\n};\n"
    }
}
