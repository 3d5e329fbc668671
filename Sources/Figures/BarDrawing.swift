/// Bars of a panel in their place, beside those of other groups.
struct BarDrawing {
    private let bars: Bars
    /// Which of the panel's marks they are.
    private let mark: Int
    private let color: Color
    private let drawing: PanelDrawing

    init(_ bars: Bars, mark: Int, color: Color, in drawing: PanelDrawing) {
        self.bars = bars
        self.mark = mark
        self.color = color
        self.drawing = drawing
    }

    var shapes: [Shape] {
        let marks = drawing.contents.panel.marks
        let groups = marks.indices.filter { if case .bars = marks[$0] { true } else { false } }
        let position = groups.firstIndex(of: mark) ?? 0
        let width = 0.8 / Double(max(1, groups.count))
        let isLogarithmic = drawing.y.extent.isLogarithmic
        let base =
            drawing.y.position(isLogarithmic ? drawing.y.extent.low : 0) ?? drawing.plot.bottom
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
            var span = (above: min(top, base), below: min(top, base))
            if let error = errorBar(index, value, from: left, to: right) {
                result += error.shapes
                span = (min(span.above, error.high), max(span.below, error.low))
            }
            if let number = number(value, from: left, to: right, beside: span) {
                result.append(number)
            }
        }
        return result
    }

    /// A bar's error with its ends' places; `nil` when it has none.
    private func errorBar(
        _ index: Int, _ value: Double, from left: Double, to right: Double
    ) -> (shapes: [Shape], low: Double, high: Double)? {
        guard index < bars.errors.count, bars.errors[index].isFinite,
            let low = drawing.y.position(value - abs(bars.errors[index])),
            let high = drawing.y.position(value + abs(bars.errors[index]))
        else { return nil }
        let middle = (left + right) / 2
        let cap = min(4, (right - left) / 4)
        let stroke = Stroke(color: Palette.text, width: 0.9)
        var shapes: [Shape] = [
            .line([Point(x: middle, y: low), Point(x: middle, y: high)], stroke)
        ]
        for end in [low, high] {
            shapes.append(
                .line([Point(x: middle - cap, y: end), Point(x: middle + cap, y: end)], stroke))
        }
        return (shapes, low, high)
    }

    /// A bar's value above it, or inside where there is no room above.
    private func number(
        _ value: Double, from left: Double, to right: Double,
        beside span: (above: Double, below: Double)
    ) -> Shape? {
        guard let decimals = bars.decimals else { return nil }
        let text = PlainText.number(value, decimals: decimals)
        guard TextMetrics.width(text) <= (right - left) * 1.12 else { return nil }
        let isInside = span.above - drawing.plot.y < TextMetrics.size + 2
        return .caption(
            Caption(
                text: text,
                at: Point(
                    x: (left + right) / 2,
                    y: isInside ? span.below + TextMetrics.size + 3 : span.above - 3),
                anchor: .middle,
                color: isInside && color.brightness < 0.55 ? .white : Palette.text))
    }
}
