/// What a column is for.
enum ColumnRole: Sendable, Hashable {
    case time
    case counter
    case label
    case channel
    /// Something that nobody needs, in words.
    case other(String)
}
