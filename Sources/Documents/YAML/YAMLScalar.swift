/// Scalars as they stand in YAML, so that readers of YAML 1.1 and of 1.2 take them for the same
/// values.
enum YAMLScalar {
    /// A text, without quotes where it can only be a text.
    ///
    /// Without quotes stand ASCII letters, digits, `_`, `-`, `.` and `/` that begin with a letter
    /// and are no word for a truth value or for nothing, in either version. All other texts, among
    /// them those with a character that means something in YAML, are quoted as in JSON.
    static func text(_ text: String) -> String {
        guard let first = text.utf8.first, isLetter(first),
            text.utf8.allSatisfy({ isLetter($0) || isDigit($0) || marks.contains($0) }),
            !words.contains(text.lowercased())
        else { return JSONString.quoted(text) }
        return text
    }

    /// A number; always with a point, without which YAML 1.1 takes `1e-05` for a text.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? ".nan" : value > 0 ? ".inf" : "-.inf" }
        let text = "\(value)"
        guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
        return text[..<exponent] + ".0" + text[exponent...]
    }

    /// What YAML 1.1 reads as a truth value, and both versions as nothing.
    private static let words: Set<String> = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n",
    ]
    private static let marks: [UInt8] = Array("_-./".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
