/// Bands of a panel in their place.
struct BandDrawing {
    private let bands: Bands
    private let drawing: PanelDrawing
    private var plot: Rectangle { drawing.plot }

    init(_ bands: Bands, in drawing: PanelDrawing) {
        self.bands = bands
        self.drawing = drawing
    }

    var shapes: [Shape] {
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
        for band in merged {
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
    private var merged: [PlacedBand] {
        var result: [PlacedBand] = []
        for band in bands.bands {
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
}
