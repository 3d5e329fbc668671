/// What the colors of a matrix mean, beside it.
struct ColorBar {
    /// How much room it takes beside a plot.
    static let width = 62.0

    let shapes: [Shape]

    init(_ map: HeatMap, beside plot: Rectangle) {
        let range = HeatMapDrawing.range(of: map)
        let box = Rectangle(
            x: plot.right + 12, y: plot.y, width: 10, height: min(plot.height, 160))
        let scale = AxisScale(
            extent: AxisExtent(Axis(range: range.low...range.high), values: nil),
            start: box.bottom, end: box.y)
        var shapes: [Shape] = []
        for level in 0..<Palette.levels {
            let height = box.height / Double(Palette.levels)
            shapes.append(
                .box(
                    Rectangle(
                        x: box.x, y: box.bottom - height * Double(level + 1), width: box.width,
                        height: height * (level == 0 ? 1 : 1.5)),
                    fill: Palette.ramp(level: level)))
        }
        let ticks = Ticks.linear(
            from: scale.extent.low, to: scale.extent.high, count: max(1, Int(box.height / 30)))
        for (value, label) in zip(ticks.values, ticks.labels) {
            guard let place = scale.position(value) else { continue }
            shapes.append(
                .line(
                    [Point(x: box.right, y: place), Point(x: box.right + 3, y: place)],
                    Stroke(color: Palette.axis, width: 0.8)))
            shapes.append(
                .caption(
                    Caption(
                        text: TextMetrics.cut(label, to: 36),
                        at: Point(x: box.right + 5, y: place + 0.36 * TextMetrics.size))))
        }
        let widest = ticks.labels.map { TextMetrics.width($0) }.max() ?? 0
        if !map.label.isEmpty {
            shapes.append(
                .caption(
                    Caption(
                        text: TextMetrics.cut(map.label, to: max(box.height, 60)),
                        at: Point(
                            x: box.right + 5 + min(36, widest) + TextMetrics.lineHeight,
                            y: box.y + box.height / 2),
                        anchor: .middle, isUpright: true)))
        }
        self.shapes = shapes
    }
}
