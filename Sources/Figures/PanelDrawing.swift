/// A panel in its place.
struct PanelDrawing {
    let contents: PanelContents
    /// The area between the axes.
    let plot: Rectangle
    let x: AxisScale
    let y: AxisScale
    let xTicks: Ticks
    private let margins: Margins
    private var header: PanelHeader { margins.header }
    private var footer: PanelFooter { margins.footer }
    private var side: PanelSide { margins.side }

    /// What stands round a plot.
    struct Margins {
        let header: PanelHeader
        let footer: PanelFooter
        let side: PanelSide
        /// Where the panel begins, left of its side.
        let outerLeft: Double
        /// Whether the title of the y axis reads from below to above.
        let isUpright: Bool
    }

    init(
        _ contents: PanelContents, plot: Rectangle, margins: Margins, xReach: PanelContents.Reach
    ) {
        self.contents = contents
        self.plot = plot
        self.margins = margins
        let axis = contents.panel.x
        var extent = AxisExtent(axis, values: xReach.values)
        if let names = axis.categories {
            xTicks = Ticks(values: names.indices.map { Double($0) }, labels: names, minor: [])
        } else {
            xTicks = Self.ticks(&extent, axis: axis, width: plot.width)
        }
        x = AxisScale(extent: extent, start: plot.x, end: plot.right)
        // Numbers grow upward, rows of names downward.
        y =
            contents.panel.y.categories == nil && contents.heatMap.map { $0.yRange != nil } ?? true
            ? AxisScale(extent: margins.side.extent, start: plot.bottom, end: plot.y)
            : AxisScale(extent: margins.side.extent, start: plot.y, end: plot.bottom)
    }

    /// As many numbers as stand side by side.
    private static func ticks(_ extent: inout AxisExtent, axis: Axis, width: Double) -> Ticks {
        var count = max(1, Int(width / 42))
        while true {
            var tried = extent
            let ticks = tried.ticks(
                count: count, axis: axis, isRound: axis.endsAtRoundNumbers ?? false)
            let scale = AxisScale(extent: tried, start: 0, end: width)
            var end = -Double.infinity
            let overlaps = zip(ticks.values, ticks.labels).contains { value, label in
                guard let place = scale.position(value) else { return false }
                let half = TextMetrics.width(label) / 2
                defer { end = place + half }
                return place - half < end + 6
            }
            if !overlaps || count == 1 {
                extent = tried
                return ticks
            }
            count -= 1
        }
    }

    /// What is drawn, from the bottom to the top.
    var shapes: [Shape] {
        var result: [Shape] = []
        let marks = MarkDrawing(self)
        result.append(.clipped(plot, marks.background))
        result += grid
        result.append(.clipped(plot, marks.foreground))
        result += marks.dots
        result += marks.captions
        result += frame
        result += numbers
        result += heading
        if let map = contents.heatMap { result += ColorBar(map, beside: plot).shapes }
        return result
    }

    private var isMatrix: Bool { contents.heatMap != nil }

    private var grid: [Shape] {
        guard !isMatrix else { return [] }
        let stroke = Stroke(color: Palette.grid, width: 0.6)
        var result: [Shape] = []
        if contents.panel.x.showsGrid, contents.panel.x.categories == nil {
            for value in xTicks.values where x.contains(value) {
                guard let place = x.position(value) else { continue }
                result.append(
                    .line([Point(x: place, y: plot.y), Point(x: place, y: plot.bottom)], stroke))
            }
        }
        if contents.panel.y.showsGrid, contents.panel.y.categories == nil {
            for value in side.ticks.values where y.contains(value) {
                guard let place = y.position(value) else { continue }
                result.append(
                    .line([Point(x: plot.x, y: place), Point(x: plot.right, y: place)], stroke))
            }
        }
        return result
    }

    private var frame: [Shape] {
        let stroke = Stroke(color: Palette.axis, width: 0.8)
        var result: [Shape] = []
        if !isMatrix {
            result.append(
                .line(
                    [
                        Point(x: plot.x, y: plot.y), Point(x: plot.x, y: plot.bottom),
                        Point(x: plot.right, y: plot.bottom),
                    ], stroke))
        }
        if contents.panel.x.categories == nil {
            for (values, length) in [(xTicks.values, 3.0), (xTicks.minor, 1.8)] {
                for value in values where x.contains(value) {
                    guard let place = x.position(value) else { continue }
                    result.append(
                        .line(
                            [
                                Point(x: place, y: plot.bottom),
                                Point(x: place, y: plot.bottom + length),
                            ], stroke))
                }
            }
        }
        if contents.panel.y.categories == nil {
            for (values, length) in [(side.ticks.values, 3.0), (side.ticks.minor, 1.8)] {
                for value in values where y.contains(value) {
                    guard let place = y.position(value) else { continue }
                    result.append(
                        .line(
                            [
                                Point(x: plot.x - length, y: place), Point(x: plot.x, y: place),
                            ], stroke))
                }
            }
        }
        return result
    }

    /// The numbers and names along the axes, and what they are.
    private var numbers: [Shape] {
        var result = footer.showsNumbers ? lowerNumbers : []
        let height = TextMetrics.size
        // Where rows are narrower than their names, only every second or third has one.
        let slot =
            side.ticks.values.count > 1 && contents.panel.y.categories != nil
            ? plot.height / Double(side.ticks.values.count) : height
        let every = max(1, Int((height / max(slot, 1e-3)).rounded(.up)))
        for (index, value) in side.ticks.values.enumerated() where index % every == 0 {
            guard y.contains(value), let place = y.position(value) else { continue }
            result.append(
                .caption(
                    Caption(
                        text: side.ticks.labels[index],
                        at: Point(x: plot.x - 6, y: place + 0.36 * height), anchor: .end)))
        }
        guard !side.title.isEmpty else { return result }
        let middle = plot.y + plot.height / 2
        let right = plot.x - (side.labelWidth > 0 ? side.labelWidth + 7 : 2)
        result.append(
            .caption(
                margins.isUpright
                    ? Caption(
                        text: side.title, at: Point(x: right - 5, y: middle), anchor: .middle,
                        isUpright: true)
                    : Caption(
                        text: TextMetrics.cut(side.title, to: right - 6 - margins.outerLeft),
                        at: Point(x: right - 6, y: middle + 0.36 * height), anchor: .end)))
        return result
    }

    private var lowerNumbers: [Shape] {
        var result: [Shape] = []
        let size = TextMetrics.size
        let slot =
            contents.panel.x.categories == nil
            ? size : plot.width / Double(max(1, xTicks.values.count))
        let every = footer.isUpright ? max(1, Int((size / max(slot, 1e-3)).rounded(.up))) : 1
        for (index, value) in xTicks.values.enumerated() where index % every == 0 {
            guard x.contains(value), let place = x.position(value) else { continue }
            let caption =
                footer.isUpright
                ? Caption(
                    text: TextMetrics.cut(xTicks.labels[index], to: PanelFooter.longestName),
                    at: Point(x: place + 0.36 * size, y: plot.bottom + 6), anchor: .end,
                    isUpright: true)
                : Caption(
                    text: xTicks.labels[index],
                    at: Point(x: place, y: plot.bottom + 5 + size), anchor: .middle)
            result.append(.caption(caption))
        }
        guard !footer.title.isEmpty else { return result }
        result.append(
            .caption(
                Caption(
                    text: footer.title,
                    at: Point(
                        x: plot.x + plot.width / 2, y: plot.bottom + footer.height - 1),
                    anchor: .middle)))
        return result
    }

    /// The panel's title and its legend.
    private var heading: [Shape] {
        var result: [Shape] = []
        var line = plot.y - header.height + TextMetrics.size
        if !header.title.isEmpty {
            result.append(
                .caption(
                    Caption(text: header.title, at: Point(x: plot.x, y: line), isBold: true)))
            if !header.isOneLine { line += TextMetrics.lineHeight }
        }
        for entries in header.legend {
            let width =
                entries.reduce(0) { $0 + $1.width }
                + PanelContents.Entry.gap * Double(entries.count - 1)
            var place = header.isOneLine ? plot.right - width : plot.x
            for entry in entries {
                result += sample(entry.sample, at: Point(x: place, y: line - 3))
                result.append(
                    .caption(
                        Caption(
                            text: entry.name,
                            at: Point(x: place + PanelContents.Entry.sampleWidth, y: line))))
                place += entry.width + PanelContents.Entry.gap
            }
            line += TextMetrics.lineHeight
        }
        return result
    }

    private func sample(_ sample: PanelContents.Entry.Sample, at place: Point) -> [Shape] {
        switch sample {
        case .line(let stroke):
            return [.line([place, Point(x: place.x + 16, y: place.y)], stroke)]
        case .dot(let color):
            return [.dots([Point(x: place.x + 8, y: place.y)], radius: 2.4, color)]
        case .box(let color, let hatch):
            let box = Rectangle(x: place.x + 1, y: place.y - 4, width: 14, height: 8)
            var shapes: [Shape] = [
                .box(
                    box, fill: color,
                    outline: Stroke(color: color.mixed(with: Palette.text, share: 0.3), width: 0.5))
            ]
            if let hatch { shapes += [.clipped(box, Hatch.lines(over: box, color: hatch))] }
            return shapes
        }
    }
}
