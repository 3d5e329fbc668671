/// What stands above a plot: the panel's title and its legend.
struct PanelHeader: Sendable, Hashable {
    let title: String
    /// The lines of the legend.
    let legend: [[PanelContents.Entry]]
    /// Whether the legend stands beside the title.
    let isOneLine: Bool

    init(_ contents: PanelContents, width: Double) {
        title = TextMetrics.cut(contents.panel.title, to: width, isBold: true)
        var lines: [[PanelContents.Entry]] = []
        var used = 0.0
        for entry in contents.legend(width: width) {
            if lines.isEmpty || used + entry.width > width {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(entry)
            used += entry.width + PanelContents.Entry.gap
        }
        legend = lines
        let titleWidth = TextMetrics.width(title, isBold: true)
        isOneLine = !title.isEmpty && lines.count == 1 && titleWidth + 16 + used <= width
    }

    var height: Double {
        let count = (title.isEmpty ? 0 : 1) + legend.count - (isOneLine ? 1 : 0)
        return Double(count) * TextMetrics.lineHeight + (count > 0 ? 3 : 0)
    }
}
