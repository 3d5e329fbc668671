import Documents

/// JSON for programs that read the command's output: members in snake_case and in the order of
/// their names, with units as `_hz` and `_s`.
enum JSONText {
    private static let style: JSONStyle = {
        var style = JSONStyle.sorted
        style.endsWithNewline = false
        return style
    }()

    /// A value as JSON.
    static func of(_ value: DocumentValue) -> String { value.json(style) }
}
