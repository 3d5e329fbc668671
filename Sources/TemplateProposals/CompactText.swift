/// Numbers as a person writes them, with all their digits.
enum CompactText {
    /// Without a point where there is nothing behind it.
    static func of(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
