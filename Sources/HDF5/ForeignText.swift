/// Texts of other programs.
enum ForeignText {
    /// Bytes as text: UTF-8 when they are, otherwise ISO 8859-1, in which each byte is a
    /// character.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }

    /// A text of fixed length without what pads it.
    static func decode(_ bytes: ArraySlice<UInt8>, isSpacePadded: Bool) -> String {
        var text = bytes.prefix { $0 != 0 }
        if isSpacePadded {
            while text.last == UInt8(ascii: " ") { text.removeLast() }
        }
        return decode(text)
    }
}
