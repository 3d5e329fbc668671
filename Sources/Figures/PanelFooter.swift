/// What stands below a plot: the numbers or names of the x axis and its title.
struct PanelFooter: Sendable, Hashable {
    let showsNumbers: Bool
    let title: String
    /// Whether names stand upright, because they are too long to stand side by side.
    let isUpright: Bool
    let height: Double

    /// How long an upright name may be.
    static let longestName = 90.0

    init(_ axis: Axis, showsNumbers: Bool, width: Double) {
        self.showsNumbers = showsNumbers
        title = showsNumbers ? TextMetrics.cut(axis.title, to: width) : ""
        guard showsNumbers else {
            isUpright = false
            height = 4
            return
        }
        let names = (axis.categories ?? []).prefix(10_000)
        let widest = names.map { TextMetrics.width($0) }.max() ?? 0
        isUpright = widest + 6 > width / Double(max(1, names.count))
        let labels = isUpright ? min(Self.longestName, widest) + 6 : TextMetrics.lineHeight + 1
        height = 4 + labels + (title.isEmpty ? 0 : TextMetrics.lineHeight)
    }
}
