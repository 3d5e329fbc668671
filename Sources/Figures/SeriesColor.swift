/// How values are drawn apart from others.
public enum SeriesColor: Sendable, Hashable {
    /// The next one of the panel.
    case automatic
    /// The one of an index, the same in every panel; indices beyond the palette begin again.
    case series(Int)
    /// Gray, behind the others.
    case muted
}
