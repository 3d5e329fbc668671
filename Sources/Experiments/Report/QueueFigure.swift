import Figures
import Statistics

/// How often each task was drawn, and how hard it was.
struct QueueFigure {
    let cells: [RunRecord.QueueCell]
    /// What files and ids are called.
    let name: String
    let title: String

    /// Heat maps of counts and losses; `nil` without a queue.
    var figure: ReportFigure? {
        guard !cells.isEmpty else { return nil }
        let table =
            [["cell", "drawn", "loss", "change of loss"]]
            + cells.map {
                [
                    $0.name, CompactNumber.text($0.count), CompactNumber.text($0.loss),
                    CompactNumber.text($0.change),
                ]
            }
        let grid = Grid(cells)
        return ReportFigure(
            name: name, title: title,
            caption: "How often each \(grid.isMatrix ? "patient and condition" : "task") was drawn "
                + "for meta-training, and its last query loss.", table: table
        ) { width in
            let panels = [
                grid.panel("times drawn", cells.map(\.count), decimals: 0),
                grid.panel("last loss", cells.map(\.loss), decimals: 2),
            ]
            let rows = Double(min(60, max(2, grid.rows.count)))
            return Figure(
                size: FigureSize(
                    width: width.points,
                    height: (60 + 22 * rows) * (width == .wide ? 1 : 2)),
                columns: width == .wide ? 2 : 1, panels: panels)
        }
    }

    /// Where cells lie: patients over conditions when that fills a matrix, else one under the
    /// other.
    private struct Grid: Sendable {
        let rows: [String]
        let columns: [String]
        let places: [Int]
        let isMatrix: Bool

        init(_ cells: [RunRecord.QueueCell]) {
            let parts = cells.map { $0.name.split(separator: "/").map(String.init) }
            var rows: [String] = []
            var columns: [String] = []
            for own in parts {
                if let first = own.first, !rows.contains(first) { rows.append(first) }
                if let last = own.last, !columns.contains(last) { columns.append(last) }
            }
            let places = parts.map { own -> Int in
                let row = own.first.flatMap { rows.firstIndex(of: $0) } ?? 0
                let column = own.last.flatMap { columns.firstIndex(of: $0) } ?? 0
                return row * columns.count + column
            }
            isMatrix =
                parts.allSatisfy { $0.count > 1 } && columns.count > 1
                && Set(places).count == cells.count
                && rows.count * columns.count <= 2 * cells.count
            self.rows = isMatrix ? rows : TaskFigures.shortNames(cells.map(\.name))
            self.columns = isMatrix ? columns : [""]
            self.places = isMatrix ? places : Array(cells.indices)
        }

        func panel(_ title: String, _ values: [Double], decimals: Int) -> Panel {
            var matrix = [Double](repeating: .nan, count: rows.count * columns.count)
            for (place, value) in zip(places, values) { matrix[place] = value }
            return Panel(
                title: title, x: Axis(scale: .categories(columns)),
                y: Axis(scale: .categories(rows)),
                marks: [
                    .heatMap(
                        HeatMap(
                            rowCount: rows.count, columnCount: columns.count, values: matrix,
                            decimals: decimals))
                ])
        }
    }
}
