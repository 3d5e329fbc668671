/// A line through points.
public struct Curve: Sendable, Hashable {
    /// Where the points lie.
    public enum Positions: Sendable, Hashable {
        /// One x for each y, in any order.
        case points([Double])
        /// A signal: the first x and the distance to the next.
        case sampled(start: Double, step: Double)
    }

    /// How the points are shown.
    public enum Style: Sendable, Hashable {
        /// A line from point to point.
        case line
        /// A dot at each point.
        case points
        /// A line, with a dot at each point.
        case lineWithPoints

        var showsPoints: Bool { self != .line }
        var showsLine: Bool { self != .points }
    }

    /// What it is called in the legend; empty to be left out there.
    public var name: String
    /// Where the points lie horizontally.
    public let positions: Positions
    /// The values; a value that is not finite breaks the line.
    public let y: [Double]
    /// How it is drawn apart from others.
    public var color: SeriesColor
    /// Whether it is a line, points or both.
    public var style: Style

    /// Creates a line through points.
    ///
    /// - Parameters:
    ///   - name: What it is called in the legend.
    ///   - x: One for each `y`. In ascending order, many points are thinned out so that the
    ///     extremes stay.
    ///   - y: The values.
    ///   - color: How it is drawn apart from others.
    ///   - style: Whether it is a line, points or both.
    public init(
        _ name: String = "", x: [Double], y: [Double], color: SeriesColor = .automatic,
        style: Style = .line
    ) {
        precondition(x.count == y.count, "\(x.count) positions for \(y.count) values")
        self.name = name
        positions = .points(x)
        self.y = y
        self.color = color
        self.style = style
    }

    /// Creates a signal: samples at equal distances. Of a long one, each column of the drawing
    /// shows the lowest and the highest value.
    ///
    /// - Parameters:
    ///   - name: What it is called in the legend.
    ///   - start: Where the first sample lies.
    ///   - step: The distance to the next, above 0.
    ///   - samples: The values.
    ///   - color: How it is drawn apart from others.
    public init(
        _ name: String = "", start: Double, step: Double, samples: [Double],
        color: SeriesColor = .automatic
    ) {
        precondition(
            start.isFinite && step.isFinite && step > 0,
            "samples lie at finite, ascending positions, got \(start) and steps of \(step)")
        self.name = name
        positions = .sampled(start: start, step: step)
        y = samples
        self.color = color
        style = .line
    }

    /// Where a point lies horizontally.
    func x(at index: Int) -> Double {
        switch positions {
        case .points(let x): x[index]
        case .sampled(let start, let step): start + Double(index) * step
        }
    }

    /// Whether it is a signal rather than a line through single points.
    var isSignal: Bool { if case .sampled = positions { true } else { false } }
}
