/// Where everything of a figure stands.
///
/// Rows first: titles, legends and numbers of the x axes take their height, what is left goes to
/// the panels by their weights. Then columns: the widest numbers of the y axes set the margin, so
/// that the panels of a column are flush.
struct FigureLayout {
    private let figure: Figure
    private let contents: [PanelContents]
    private let rowCount: Int

    private static let margin = 14.0
    private static let columnGap = 16.0
    private static let rowGap = 10.0
    /// Plots stay this high and wide even where there is no room: a figure is drawn always.
    private static let leastSide = 8.0

    init(_ figure: Figure) {
        self.figure = figure
        contents = figure.panels.map { PanelContents($0) }
        rowCount = (figure.panels.count + figure.columns - 1) / figure.columns
    }

    func scene() -> Scene {
        var shapes: [Shape] = []
        let title = TextMetrics.cut(
            figure.title, to: figure.size.width - 2 * Self.margin, size: TextMetrics.titleSize,
            isBold: true)
        if !title.isEmpty {
            shapes.append(
                .caption(
                    Caption(
                        text: title, at: Point(x: Self.margin, y: Self.margin + 10),
                        size: TextMetrics.titleSize, isBold: true)))
        }
        for drawing in drawings() { shapes += drawing.shapes }
        return Scene(
            size: figure.size, title: figure.title,
            summary: figure.summary.isEmpty ? FigureSummary.text(figure) : figure.summary,
            shapes: shapes)
    }

    private var columnWidth: Double {
        let columns = Double(figure.columns)
        return max(
            Self.leastSide,
            (figure.size.width - 2 * Self.margin - Self.columnGap * (columns - 1)) / columns)
    }

    /// The panels, each in its place.
    func drawings() -> [PanelDrawing] {
        guard !contents.isEmpty else { return [] }
        // How wide plots are follows from how high they are, which follows from how wide legends
        // may be: a first guess is good enough to tell.
        let guess = Array(repeating: columnWidth - 50, count: contents.count)
        return arranged(widths: arranged(widths: guess).map(\.plot.width))
    }

    /// The panels in their places, when legends and names are as wide as given.
    private func arranged(widths: [Double]) -> [PanelDrawing] {
        let reaches = sharedReaches()
        let width = columnWidth
        var headers: [PanelHeader] = []
        var footers: [PanelFooter] = []
        for (index, content) in contents.enumerated() {
            headers.append(PanelHeader(content, width: widths[index]))
            footers.append(
                PanelFooter(
                    content.panel.x, showsNumbers: !figure.sharesX || isLowest(index),
                    width: widths[index]))
        }
        let rows = rowFrames(headers: headers, footers: footers)
        // Heights are known: the numbers of the y axes follow, and with them the margins.
        var sides: [PanelSide] = []
        for (index, content) in contents.enumerated() {
            sides.append(
                PanelSide(content, height: rows[index / figure.columns].height))
        }
        let isUpright = (0..<figure.columns).map { column in
            indices(inColumn: column).allSatisfy { sides[$0].fitsUpright }
        }
        var result: [PanelDrawing] = []
        for (index, content) in contents.enumerated() {
            let column = index % figure.columns
            let row = rows[index / figure.columns]
            let neighbors = indices(inColumn: column)
            let left = neighbors.map { sides[$0].width(isUpright: isUpright[column]) }.max() ?? 0
            let right = neighbors.map { PanelSide.rightWidth(contents[$0]) }.max() ?? 0
            let x = Self.margin + Double(column) * (width + Self.columnGap)
            let plot = Rectangle(
                x: x + left, y: row.y, width: max(Self.leastSide, width - left - right),
                height: row.height)
            result.append(
                PanelDrawing(
                    content, plot: plot, outerLeft: x, header: headers[index],
                    footer: footers[index], side: sides[index],
                    isUpright: isUpright[column], xReach: reaches[column] ?? content.x))
        }
        return result
    }

    private func indices(inColumn column: Int) -> [Int] {
        Array(stride(from: column, to: contents.count, by: figure.columns))
    }

    private func isLowest(_ index: Int) -> Bool { index + figure.columns >= contents.count }

    /// How far the x axes of each column reach when they are shared.
    private func sharedReaches() -> [Int: PanelContents.Reach] {
        guard figure.sharesX else { return [:] }
        var result: [Int: PanelContents.Reach] = [:]
        for (index, content) in contents.enumerated() {
            var reach = result[index % figure.columns] ?? content.x
            reach.add(content.x)
            result[index % figure.columns] = reach
        }
        return result
    }

    /// Where the plots of each row begin, and how high they are.
    private func rowFrames(
        headers: [PanelHeader], footers: [PanelFooter]
    ) -> [(y: Double, height: Double)] {
        var tops = [Double](repeating: 0, count: rowCount)
        var bottoms = [Double](repeating: 0, count: rowCount)
        var weights = [Double](repeating: 0, count: rowCount)
        for index in contents.indices {
            let row = index / figure.columns
            tops[row] = max(tops[row], headers[index].height)
            bottoms[row] = max(bottoms[row], footers[index].height)
            weights[row] = max(weights[row], contents[index].panel.weight)
        }
        let gap = figure.sharesX ? Self.rowGap / 2 : Self.rowGap
        let first = Self.margin + (figure.title.isEmpty ? 0 : 20)
        let taken =
            first + Self.margin + gap * Double(rowCount - 1) + tops.reduce(0, +)
            + bottoms.reduce(0, +)
        let free = max(0, figure.size.height - taken)
        let sum = weights.reduce(0, +)
        var y = first
        return (0..<rowCount).map { row in
            let height = max(Self.leastSide, free * weights[row] / sum)
            let frame = (y: y + tops[row], height: height)
            y += tops[row] + height + bottoms[row] + gap
            return frame
        }
    }
}

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
