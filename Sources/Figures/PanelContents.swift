/// What a panel holds, found before it is known where the panel stands: how far its values reach,
/// which color each mark has, and what the legend says.
struct PanelContents: Sendable, Hashable {
    /// An entry of a legend.
    struct Entry: Sendable, Hashable {
        enum Sample: Sendable, Hashable {
            case line(Stroke)
            case dot(Color)
            case box(Color, hatch: Color?)
        }

        let name: String
        let sample: Sample

        /// The width of the sample and the gap behind it.
        static let sampleWidth = 20.0
        /// The gap between entries.
        static let gap = 12.0

        var width: Double { Self.sampleWidth + TextMetrics.width(name) }
    }

    let panel: Panel
    /// The look of each mark.
    let colors: [Color]
    let dashes: [[Double]]
    /// The lowest and the highest value; `nil` when there is none.
    let x: Reach
    let y: Reach
    /// Whether there are bars of colors beside the panel.
    var heatMap: HeatMap? {
        for mark in panel.marks { if case .heatMap(let map) = mark { return map } }
        return nil
    }

    /// How far values reach.
    struct Reach: Sendable, Hashable {
        var low = Double.infinity
        var high = -Double.infinity
        let isLogarithmic: Bool

        mutating func add(_ value: Double) {
            guard AxisExtent.isUsable(value, isLogarithmic: isLogarithmic) else { return }
            low = min(low, value)
            high = max(high, value)
        }

        mutating func add(_ other: Reach) {
            low = min(low, other.low)
            high = max(high, other.high)
        }

        var values: (low: Double, high: Double)? { low <= high ? (low, high) : nil }
    }

    init(_ panel: Panel) {
        self.panel = panel
        var colors: [Color] = []
        var dashes: [[Double]] = []
        var next = 0
        for mark in panel.marks {
            let wanted: SeriesColor? =
                switch mark {
                case .curve(let curve): curve.color
                case .ribbon(let ribbon): ribbon.color
                case .bars(let bars): bars.color
                case .bands, .heatMap, .reference: nil
                }
            switch wanted {
            case .automatic:
                colors.append(Palette.color(next))
                dashes.append(Palette.dash(next))
                next += 1
            case .series(let index):
                colors.append(Palette.color(index))
                dashes.append(Palette.dash(index))
            case .muted, nil:
                colors.append(Palette.muted)
                dashes.append([])
            }
        }
        self.colors = colors
        self.dashes = dashes
        var x = Reach(isLogarithmic: panel.x.scale == .logarithmic)
        var y = Reach(isLogarithmic: panel.y.scale == .logarithmic)
        for mark in panel.marks { Self.add(mark, x: &x, y: &y) }
        self.x = x
        self.y = y
    }

    private static func add(_ mark: Mark, x: inout Reach, y: inout Reach) {
        switch mark {
        case .curve(let curve):
            if case .sampled(let start, let step) = curve.positions {
                guard !curve.y.isEmpty else { return }
                x.add(start)
                x.add(start + step * Double(curve.y.count - 1))
                for value in curve.y { y.add(value) }
                return
            }
            for (index, value) in curve.y.enumerated() {
                let position = curve.x(at: index)
                guard AxisExtent.isUsable(position, isLogarithmic: x.isLogarithmic),
                    AxisExtent.isUsable(value, isLogarithmic: y.isLogarithmic)
                else { continue }
                x.add(position)
                y.add(value)
            }
        case .ribbon(let ribbon):
            for position in ribbon.x { x.add(position) }
            for value in ribbon.low { y.add(value) }
            for value in ribbon.high { y.add(value) }
        case .bands(let bands):
            for band in bands.bands {
                x.add(band.start)
                x.add(band.end)
            }
        case .bars(let bars):
            y.add(0)
            for (index, value) in bars.values.enumerated() {
                y.add(value)
                // There is no zero to begin at: the lowest bar should be seen, too.
                if y.isLogarithmic { y.add(value / 2) }
                guard index < bars.errors.count, bars.errors[index].isFinite else { continue }
                y.add(value - abs(bars.errors[index]))
                y.add(value + abs(bars.errors[index]))
            }
            if !bars.values.isEmpty {
                x.add(-0.5)
                x.add(Double(bars.values.count) - 0.5)
            }
        case .heatMap(let map):
            if map.columnCount > 0 {
                x.add(map.columnEdge(0))
                x.add(map.columnEdge(map.columnCount))
            }
            if map.rowCount > 0 {
                y.add(map.rowEdge(0))
                y.add(map.rowEdge(map.rowCount))
            }
        case .reference(let line):
            if line.direction == .horizontal { y.add(line.value) }
        }
    }

    /// What the legend says; empty for no legend.
    ///
    /// - Parameter width: Roughly how wide the panel is: names of bands that do not fit into them
    ///   are in the legend.
    /// - Returns: The entries in order.
    func legend(width: Double) -> [Entry] {
        guard panel.showsLegend ?? true else { return [] }
        var entries: [Entry] = []
        func add(_ name: String, _ sample: Entry.Sample) {
            let entry = Entry(name: TextMetrics.cut(name, to: 180), sample: sample)
            if !name.isEmpty, !entries.contains(entry), entries.count < 24 { entries.append(entry) }
        }
        for (index, mark) in panel.marks.enumerated() {
            switch mark {
            case .curve(let curve):
                let stroke = Stroke(
                    color: colors[index], width: 1.5,
                    dash: curve.isSignal ? [] : dashes[index])
                add(curve.name, curve.style.showsLine ? .line(stroke) : .dot(colors[index]))
            case .ribbon(let ribbon):
                add(ribbon.name, .box(colors[index].mixed(with: .white, share: 0.7), hatch: nil))
            case .bars(let bars): add(bars.name, .box(colors[index], hatch: nil))
            case .bands(let bands):
                for band in bands.bands where needsLegend(band, in: bands, width: width) {
                    add(
                        band.label,
                        .box(Palette.band(band.style), hatch: Palette.hatch(band.style)))
                }
            case .heatMap, .reference: break
            }
        }
        return entries.count > 1 || panel.showsLegend == true || hasBackgroundNames
            ? entries : []
    }

    private var hasBackgroundNames: Bool {
        panel.marks.contains { mark in
            guard case .bands(let bands) = mark else { return false }
            return bands.bands.contains { !$0.label.isEmpty }
        }
    }

    private func needsLegend(_ band: Bands.Band, in bands: Bands, width: Double) -> Bool {
        guard case .row = bands.place, let reach = x.values, reach.high > reach.low else {
            return true
        }
        let share = (band.end - band.start) / (reach.high - reach.low)
        return share * width < TextMetrics.width(band.label) + 6
    }
}
