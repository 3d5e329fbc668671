/// What the marks of a panel look like in its place.
struct MarkDrawing {
    private let drawing: PanelDrawing
    private var plot: Rectangle { drawing.plot }
    private var marks: [Mark] { drawing.contents.panel.marks }

    init(_ drawing: PanelDrawing) {
        self.drawing = drawing
    }

    /// What lies behind the lines of the grid.
    var background: [Shape] {
        marks.flatMap { mark -> [Shape] in
            guard case .bands(let bands) = mark, bands.place == .background else { return [] }
            return self.bands(bands)
        }
    }

    /// What lies above it.
    var foreground: [Shape] {
        marks.enumerated().flatMap { index, mark -> [Shape] in
            let color = drawing.contents.colors[index]
            switch mark {
            case .curve(let curve):
                return self.curve(curve, color: color, dash: drawing.contents.dashes[index])
            case .ribbon(let ribbon): return self.ribbon(ribbon, color: color)
            case .bars(let bars): return self.bars(bars, mark: index, color: color)
            case .heatMap(let map):
                return HeatMapDrawing(map, x: drawing.x, y: drawing.y).shapes
            case .bands(let bands): return bands.place == .background ? [] : self.bands(bands)
            case .reference(let line): return reference(line)
            }
        }
    }

    /// Words beside reference lines, which nothing may cover or cut.
    var captions: [Shape] {
        marks.compactMap { mark -> Shape? in
            guard case .reference(let line) = mark, !line.label.isEmpty else { return nil }
            let scale = line.direction == .horizontal ? drawing.y : drawing.x
            guard scale.contains(line.value), let place = scale.position(line.value) else {
                return nil
            }
            switch line.direction {
            case .horizontal:
                let isBelow = place - plot.y < TextMetrics.size + 3
                return .caption(
                    Caption(
                        text: TextMetrics.cut(line.label, to: plot.width - 6),
                        at: Point(
                            x: plot.right - 3, y: isBelow ? place + TextMetrics.size : place - 2.5),
                        anchor: .end, color: Palette.quiet))
            case .vertical:
                let text = TextMetrics.cut(line.label, to: 120)
                let isLeft = place + 4 + TextMetrics.width(text) > plot.right
                return .caption(
                    Caption(
                        text: text,
                        at: Point(x: isLeft ? place - 3 : place + 3, y: plot.y + TextMetrics.size),
                        anchor: isLeft ? .end : .start, color: Palette.quiet))
            }
        }
    }

    /// The points of curves, which the edge of the plot does not cut.
    var dots: [Shape] {
        marks.enumerated().flatMap { index, mark -> [Shape] in
            guard case .curve(let curve) = mark, curve.showsPoints else { return [] }
            return runs(of: curve).map { run in
                .dots(
                    run.filter { point in
                        point.x >= plot.x - 0.01 && point.x <= plot.right + 0.01
                            && point.y >= plot.y - 0.01 && point.y <= plot.bottom + 0.01
                    }, radius: run.count > 500 ? 1 : 2.2, drawing.contents.colors[index])
            }
        }
    }

    private func reference(_ line: ReferenceLine) -> [Shape] {
        let scale = line.direction == .horizontal ? drawing.y : drawing.x
        guard scale.contains(line.value), let place = scale.position(line.value) else {
            return []
        }
        let ends =
            line.direction == .horizontal
            ? [Point(x: plot.x, y: place), Point(x: plot.right, y: place)]
            : [Point(x: place, y: plot.y), Point(x: place, y: plot.bottom)]
        return [.line(ends, Stroke(color: Palette.quiet, width: 0.8, dash: [3, 2.5]))]
    }

    // MARK: Lines

    private func curve(_ curve: Curve, color: Color, dash: [Double]) -> [Shape] {
        var result: [Shape] = []
        let runs = runs(of: curve)
        let isDense = curve.isSignal && Double(curve.y.count) > 2 * plot.width
        let stroke = Stroke(
            color: color, width: isDense ? 0.6 : curve.isSignal ? 0.9 : 1.5,
            dash: curve.isSignal ? [] : dash)
        for run in runs {
            if run.count == 1, !curve.showsPoints { result.append(.dots(run, radius: 0.7, color)) }
            if curve.showsLine, run.count > 1 { result.append(.line(run, stroke)) }
        }
        return result
    }

    /// The points of a curve in the drawing, thinned out, cut where one cannot be drawn.
    private func runs(of curve: Curve) -> [[Point]] {
        var result: [[Point]] = []
        var (columns, places, heights): ([Int], [Double], [Double]) = ([], [], [])
        var isAscending = true
        func flush() {
            guard !heights.isEmpty else { return }
            var points: [Point] = []
            if isAscending, Double(heights.count) > 2 * plot.width {
                for index in Decimation.kept(columns: { columns[$0] }, y: heights.span) {
                    points.append(Point(x: places[index], y: heights[index]))
                }
            } else {
                points = zip(places, heights).map { Point(x: $0, y: $1) }
            }
            result.append(points)
            columns.removeAll(keepingCapacity: true)
            places.removeAll(keepingCapacity: true)
            heights.removeAll(keepingCapacity: true)
            isAscending = true
        }
        for (index, value) in curve.y.enumerated() {
            guard let place = drawing.x.position(curve.x(at: index)),
                let height = drawing.y.position(value)
            else {
                flush()
                continue
            }
            if let last = places.last, place < last { isAscending = false }
            columns.append(Int(place.rounded(.down)))
            places.append(place)
            heights.append(height)
        }
        flush()
        return result
    }

    private func ribbon(_ ribbon: Ribbon, color: Color) -> [Shape] {
        var result: [Shape] = []
        var (upper, lower): ([Point], [Point]) = ([], [])
        func flush() {
            if upper.count > 1 {
                result.append(.area(upper + lower.reversed(), color, opacity: 0.22))
            }
            (upper, lower) = ([], [])
        }
        for index in ribbon.x.indices {
            guard let place = drawing.x.position(ribbon.x[index]),
                let high = drawing.y.position(ribbon.high[index]),
                let low = drawing.y.position(ribbon.low[index])
            else {
                flush()
                continue
            }
            // Neighbors closer than anyone can see are one.
            if let last = upper.last, abs(place - last.x) < 0.05, index + 1 < ribbon.x.count {
                upper[upper.count - 1].y = min(last.y, high)
                lower[lower.count - 1].y = max(lower[lower.count - 1].y, low)
            } else {
                upper.append(Point(x: place, y: high))
                lower.append(Point(x: place, y: low))
            }
        }
        flush()
        return result
    }

    // MARK: Bands

    private func bands(_ bands: Bands) -> [Shape] {
        let rows: (y: Double, height: Double)
        switch bands.place {
        case .background: rows = (plot.y, plot.height)
        case .row(let row):
            guard let top = drawing.y.position(Double(row) - 0.42),
                let bottom = drawing.y.position(Double(row) + 0.42)
            else { return [] }
            rows = (min(top, bottom), abs(bottom - top))
        }
        var result: [Shape] = []
        for band in merged(bands.bands) {
            let left = max(plot.x, min(band.left, band.right))
            let right = min(plot.right, max(band.left, band.right))
            guard right > left else { continue }
            let box = Rectangle(
                x: left, y: rows.y, width: max(0.3, right - left), height: rows.height)
            result.append(.box(box, fill: Palette.band(band.style)))
            if let hatch = Palette.hatch(band.style), box.width > 3 {
                result.append(.clipped(box, Hatch.lines(over: box, color: hatch)))
            }
            guard bands.place != .background, rows.height >= TextMetrics.size,
                TextMetrics.width(band.label) + 4 <= box.width
            else { continue }
            result.append(
                .caption(
                    Caption(
                        text: band.label,
                        at: Point(
                            x: box.x + box.width / 2,
                            y: rows.y + rows.height / 2 + 0.36 * TextMetrics.size),
                        anchor: .middle)))
        }
        return result
    }

    private struct PlacedBand {
        var left: Double
        var right: Double
        let label: String
        let style: Bands.Style
    }

    /// The bands in the drawing, neighbors of one kind that no eye can part as one.
    private func merged(_ bands: [Bands.Band]) -> [PlacedBand] {
        var result: [PlacedBand] = []
        for band in bands {
            guard let left = drawing.x.position(band.start),
                let right = drawing.x.position(band.end)
            else { continue }
            if let last = result.last, last.style == band.style, last.label == band.label,
                left >= last.right - 0.05, left - last.right < 0.2
            {
                result[result.count - 1].right = max(last.right, right)
            } else if let last = result.last, abs(right - last.left) < 0.1 {
                // Another of many that lie in the same hair's breadth.
                continue
            } else {
                result.append(
                    PlacedBand(left: left, right: right, label: band.label, style: band.style))
            }
        }
        return result
    }

    // MARK: Bars

    private func bars(_ bars: Bars, mark: Int, color: Color) -> [Shape] {
        let groups = marks.indices.filter { if case .bars = marks[$0] { true } else { false } }
        let position = groups.firstIndex(of: mark) ?? 0
        let width = 0.8 / Double(max(1, groups.count))
        let isLogarithmic = drawing.y.extent.isLogarithmic
        let base = drawing.y.position(isLogarithmic ? drawing.y.extent.low : 0) ?? plot.bottom
        var result: [Shape] = []
        for (index, value) in bars.values.enumerated() {
            let start = Double(index) - 0.4 + Double(position) * width
            guard let left = drawing.x.position(start + 0.03 * width),
                let right = drawing.x.position(start + 0.97 * width),
                let top = drawing.y.position(value)
            else { continue }
            result.append(
                .box(
                    Rectangle(
                        x: left, y: min(top, base), width: right - left, height: abs(base - top)),
                    fill: color))
            let middle = (left + right) / 2
            var above = min(top, base)
            var below = above
            if index < bars.errors.count, bars.errors[index].isFinite,
                let low = drawing.y.position(value - abs(bars.errors[index])),
                let high = drawing.y.position(value + abs(bars.errors[index]))
            {
                let cap = min(4, (right - left) / 4)
                let stroke = Stroke(color: Palette.text, width: 0.9)
                result.append(.line([Point(x: middle, y: low), Point(x: middle, y: high)], stroke))
                for end in [low, high] {
                    result.append(
                        .line(
                            [Point(x: middle - cap, y: end), Point(x: middle + cap, y: end)],
                            stroke))
                }
                above = min(above, high)
                below = max(below, low)
            }
            guard let decimals = bars.decimals else { continue }
            let text = PlainText.number(value, decimals: decimals)
            guard TextMetrics.width(text) <= (right - left) * 1.12 else { continue }
            let isInside = above - plot.y < TextMetrics.size + 2
            result.append(
                .caption(
                    Caption(
                        text: text,
                        at: Point(
                            x: middle, y: isInside ? below + TextMetrics.size + 3 : above - 3),
                        anchor: .middle,
                        color: isInside && color.brightness < 0.55 ? .white : Palette.text)))
        }
        return result
    }
}

/// Strokes from the lower left to the upper right.
enum Hatch {
    private static let mostLines = 200

    static func lines(over box: Rectangle, color: Color) -> [Shape] {
        let span = box.width + box.height
        let step = max(5, span / Double(mostLines))
        let stroke = Stroke(color: color, width: 0.6)
        return stride(from: step / 2, to: span, by: step).map { distance in
            .line(
                [
                    Point(x: box.x + distance, y: box.y),
                    Point(x: box.x + distance - box.height, y: box.bottom),
                ], stroke)
        }
    }
}
