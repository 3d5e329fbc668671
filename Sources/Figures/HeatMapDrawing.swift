/// The cells of a matrix in their place.
struct HeatMapDrawing {
    private let map: HeatMap
    private let x: AxisScale
    private let y: AxisScale
    private let range: (low: Double, high: Double)

    /// Cells smaller than this are drawn together, by their mean.
    private static let leastSide = 0.75

    init(_ map: HeatMap, x: AxisScale, y: AxisScale) {
        self.map = map
        self.x = x
        self.y = y
        range = Self.range(of: map)
    }

    /// The values of the lightest and the darkest color; the second is above the first.
    static func range(of map: HeatMap) -> (low: Double, high: Double) {
        var reach = PanelContents.Reach(isLogarithmic: false)
        for value in map.values { reach.add(value) }
        let extent = AxisExtent(Axis(range: map.range), values: reach.values)
        return (extent.low, extent.high)
    }

    var shapes: [Shape] {
        guard map.rowCount > 0, map.columnCount > 0 else { return [] }
        let columnSpan = Self.span(x, count: map.columnCount)
        let rowSpan = Self.span(y, count: map.rowCount)
        var result: [Shape] = []
        for top in stride(from: 0, to: map.rowCount, by: rowSpan) {
            let rows = top..<min(top + rowSpan, map.rowCount)
            guard let begin = y.position(map.rowEdge(rows.lowerBound)),
                let end = y.position(map.rowEdge(rows.upperBound))
            else { continue }
            // Neighbors of one color are one box.
            var run: (level: Int?, start: Int)?
            func flush(upTo column: Int) {
                guard let run, let left = x.position(map.columnEdge(run.start)),
                    let right = x.position(map.columnEdge(column))
                else { return }
                // On halves of points, so that no light shines through between cells.
                let box = (
                    left: Self.snapped(left), right: Self.snapped(right),
                    top: Self.snapped(min(begin, end)), bottom: Self.snapped(max(begin, end))
                )
                result.append(
                    .box(
                        Rectangle(
                            x: box.left, y: box.top, width: box.right - box.left,
                            height: box.bottom - box.top),
                        fill: run.level.map { Palette.ramp(level: $0) } ?? Palette.missing))
            }
            for first in stride(from: 0, to: map.columnCount, by: columnSpan) {
                let columns = first..<min(first + columnSpan, map.columnCount)
                let level = level(mean(rows, columns))
                if run?.level != level || run == nil {
                    flush(upTo: first)
                    run = (level, first)
                }
            }
            flush(upTo: map.columnCount)
        }
        return result + numbers
    }

    /// How many cells are drawn as one.
    private static func span(_ scale: AxisScale, count: Int) -> Int {
        let side = abs(scale.end - scale.start) / Double(count)
        return side >= leastSide ? 1 : Int((leastSide / max(side, 1e-9)).rounded(.up))
    }

    private static func snapped(_ value: Double) -> Double { (value * 2).rounded() / 2 }

    private func mean(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
        var (sum, count) = (0.0, 0)
        for row in rows {
            for column in columns {
                let value = map.values[row * map.columnCount + column]
                guard value.isFinite else { continue }
                sum += value
                count += 1
            }
        }
        return count > 0 ? sum / Double(count) : .nan
    }

    private func level(_ value: Double) -> Int? {
        guard value.isFinite else { return nil }
        let share = (value / 2 - range.low / 2) / (range.high / 2 - range.low / 2)
        return Int((min(1, max(0, share)) * Double(Palette.levels - 1)).rounded())
    }

    private var numbers: [Shape] {
        guard let decimals = map.decimals else { return [] }
        let width = abs(x.end - x.start) / Double(map.columnCount)
        let height = abs(y.end - y.start) / Double(map.rowCount)
        guard height >= TextMetrics.size else { return [] }
        return map.values.indices.compactMap { index in
            let value = map.values[index]
            let text = PlainText.number(value, decimals: decimals)
            guard !text.isEmpty, TextMetrics.width(text) <= width - 2, let level = level(value),
                let place = center(x, index % map.columnCount, map.columnEdge),
                let line = center(y, index / map.columnCount, map.rowEdge)
            else { return nil }
            return .caption(
                Caption(
                    text: text, at: Point(x: place, y: line + 0.36 * TextMetrics.size),
                    anchor: .middle,
                    color: Palette.ramp(level: level).brightness < 0.55 ? .white : Palette.text))
        }
    }

    private func center(_ scale: AxisScale, _ index: Int, _ edge: (Int) -> Double) -> Double? {
        scale.position(edge(index) / 2 + edge(index + 1) / 2)
    }
}
