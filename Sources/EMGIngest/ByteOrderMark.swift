/// The mark with which a text says that it is in UTF-8 or UTF-16.
enum ByteOrderMark: Sendable, Hashable {
    case utf8
    case utf16(isBigEndian: Bool)

    /// Looks at the beginning of a text; `nil` when there is no such mark.
    init?(_ prefix: some Collection<UInt8>) {
        if prefix.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8
        } else if prefix.starts(with: [0xFE, 0xFF]) {
            self = .utf16(isBigEndian: true)
        } else if prefix.starts(with: [0xFF, 0xFE]), !prefix.starts(with: [0xFF, 0xFE, 0, 0]) {
            // With two zeros behind it the mark is that of UTF-32.
            self = .utf16(isBigEndian: false)
        } else {
            return nil
        }
    }

    /// How many bytes it has.
    var length: Int { self == .utf8 ? 3 : 2 }
}
