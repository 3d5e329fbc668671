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
            return BandDrawing(bands, in: drawing).shapes
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
            case .bars(let bars):
                return BarDrawing(bars, mark: index, color: color, in: drawing).shapes
            case .heatMap(let map):
                return HeatMapDrawing(map, x: drawing.x, y: drawing.y).shapes
            case .bands(let bands):
                return bands.place == .background ? [] : BandDrawing(bands, in: drawing).shapes
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
            guard case .curve(let curve) = mark, curve.style.showsPoints else { return [] }
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

    private func curve(_ curve: Curve, color: Color, dash: [Double]) -> [Shape] {
        var result: [Shape] = []
        let runs = runs(of: curve)
        let isDense = curve.isSignal && Double(curve.y.count) > 2 * plot.width
        let stroke = Stroke(
            color: color, width: isDense ? 0.6 : curve.isSignal ? 0.9 : 1.5,
            dash: curve.isSignal ? [] : dash)
        for run in runs {
            if run.count == 1, !curve.style.showsPoints {
                result.append(.dots(run, radius: 0.7, color))
            }
            if curve.style.showsLine, run.count > 1 { result.append(.line(run, stroke)) }
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
}
