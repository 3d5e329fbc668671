/// Short texts of other programs that say nothing of their encoding: names in binary headers,
/// attributes, and excerpts for messages.
package enum ForeignText {
    /// Bytes as text: UTF-8 when they are, otherwise Windows-1252, in which each byte is a
    /// character and which has those of ISO 8859-1.
    package static func decode(_ bytes: some Collection<UInt8>) -> String {
        TextEncoding.utf8.decode(bytes) ?? TextEncoding.windows1252.decode(bytes) ?? ""
    }

    /// A text of C, up to its NUL.
    package static func decode(cString text: UnsafePointer<CChar>) -> String {
        var bytes: [UInt8] = []
        var place = unsafe text
        while unsafe place.pointee != 0 {
            bytes.append(UInt8(bitPattern: unsafe place.pointee))
            unsafe place += 1
        }
        return decode(bytes)
    }

    /// The beginning of a text, for messages: never cut inside a character.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - limit: How many bytes are kept at most.
    /// - Returns: The text.
    package static func excerpt(_ bytes: some Collection<UInt8>, limit: Int) -> String {
        guard bytes.count > limit else { return decode(bytes) }
        for cut in 0..<4 {
            if let text = TextEncoding.utf8.decode(bytes.prefix(max(0, limit - cut))) {
                return text
            }
        }
        return decode(bytes.prefix(limit))
    }
}
