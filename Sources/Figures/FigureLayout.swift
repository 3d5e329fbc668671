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
                    content, plot: plot,
                    margins: PanelDrawing.Margins(
                        header: headers[index], footer: footers[index], side: sides[index],
                        outerLeft: x, isUpright: isUpright[column]),
                    xReach: reaches[column] ?? content.x))
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
