/// What stands beside a plot: the numbers or names of the y axis and its title.
struct PanelSide: Sendable, Hashable {
    let extent: AxisExtent
    let ticks: Ticks
    let title: String
    /// Whether the title fits beside the plot when it reads from below to above.
    let fitsUpright: Bool
    /// The width of the widest number or name.
    let labelWidth: Double

    /// From which height on titles read from below to above, cut if they must.
    private static let uprightHeight = 60.0
    /// How wide names and titles may be.
    static let longestName = 120.0
    /// By how much round ends may lengthen the axis of a low plot.
    private static let mostWidening = 1.5

    init(_ contents: PanelContents, height: Double) {
        let axis = contents.panel.y
        var extent = AxisExtent(axis, values: contents.y.values)
        title = TextMetrics.cut(
            axis.title, to: height >= Self.uprightHeight ? height : Self.longestName)
        fitsUpright = TextMetrics.width(title) <= height
        if let names = axis.categories {
            ticks = Ticks(
                values: names.indices.map { Double($0) },
                labels: names.map { TextMetrics.cut($0, to: Self.longestName) }, minor: [])
        } else {
            let count = max(2, min(12, Int(height / 26)))
            var round = extent
            let roundTicks = round.ticks(count: count, axis: axis, isRound: true)
            // Where a plot is low, round ends may take more of it than the values are left with.
            let isRoomy =
                height >= 110
                || round.high - round.low <= Self.mostWidening * (extent.high - extent.low)
            if axis.endsAtRoundNumbers ?? isRoomy {
                (ticks, extent) = (roundTicks, round)
            } else {
                if axis.range == nil, !extent.isLogarithmic { extent.widen(by: 0.05) }
                ticks = extent.ticks(count: count, axis: axis, isRound: false)
            }
        }
        labelWidth = ticks.labels.map { TextMetrics.width($0) }.max() ?? 0
        self.extent = extent
    }

    /// The width of the margin.
    func width(isUpright: Bool) -> Double {
        let titleWidth =
            title.isEmpty ? 0 : isUpright ? 15 : min(Self.longestName, TextMetrics.width(title)) + 8
        return (labelWidth > 0 ? labelWidth + 7 : 2) + titleWidth
    }

    /// The width of the margin on the other side.
    static func rightWidth(_ contents: PanelContents) -> Double {
        guard let map = contents.heatMap else { return 12 }
        return ColorBar.width + (map.label.isEmpty ? 0 : TextMetrics.lineHeight)
    }
}

extension AxisExtent {
    /// Moves both ends out by a share of the distance between them.
    mutating func widen(by share: Double) {
        let distance = (high / 2 - low / 2) * 2 * share
        guard distance.isFinite else { return }
        low -= distance
        high += distance
    }
}
