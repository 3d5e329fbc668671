/// A line through points.
public struct Curve: Sendable, Hashable {
    /// Where the points lie.
    public enum Positions: Sendable, Hashable {
        /// One x for each y, in any order.
        case points([Double])
        /// A signal: the first x and the distance to the next.
        case sampled(start: Double, step: Double)
    }

    /// What it is called in the legend; empty to be left out there.
    public var name: String
    /// Where the points lie horizontally.
    public let positions: Positions
    /// The values; a value that is not finite breaks the line.
    public let y: [Double]
    /// How it is drawn apart from others.
    public var color: SeriesColor
    /// Whether there is a dot at each point.
    public var showsPoints: Bool
    /// Whether there is a line from point to point.
    public var showsLine: Bool

    /// Creates a line through points.
    ///
    /// - Parameters:
    ///   - name: What it is called in the legend.
    ///   - x: One for each `y`. In ascending order, many points are thinned out so that the
    ///     extremes stay.
    ///   - y: The values.
    ///   - color: How it is drawn apart from others.
    ///   - showsPoints: Whether there is a dot at each point.
    ///   - showsLine: Whether there is a line from point to point.
    public init(
        _ name: String = "", x: [Double], y: [Double], color: SeriesColor = .automatic,
        showsPoints: Bool = false, showsLine: Bool = true
    ) {
        precondition(x.count == y.count, "\(x.count) positions for \(y.count) values")
        self.name = name
        positions = .points(x)
        self.y = y
        self.color = color
        self.showsPoints = showsPoints
        self.showsLine = showsLine
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
        showsPoints = false
        showsLine = true
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

/// The area between two lines over the same points, such as quartiles round a median.
public struct Ribbon: Sendable, Hashable {
    /// What it is called in the legend; empty to be left out there.
    public var name: String
    /// Where the points lie, in ascending order.
    public let x: [Double]
    /// The lower line.
    public let low: [Double]
    /// The upper line.
    public let high: [Double]
    /// How it is drawn apart from others; give it that of the curve it belongs to.
    public var color: SeriesColor

    /// Creates a ribbon.
    ///
    /// - Parameters:
    ///   - name: What it is called in the legend.
    ///   - x: Where the points lie, in ascending order.
    ///   - low: The lower line, one value for each `x`.
    ///   - high: The upper line, one value for each `x`.
    ///   - color: How it is drawn apart from others.
    public init(
        _ name: String = "", x: [Double], low: [Double], high: [Double],
        color: SeriesColor = .automatic
    ) {
        precondition(
            x.count == low.count && x.count == high.count,
            "\(x.count) positions for \(low.count) and \(high.count) values")
        self.name = name
        self.x = x
        self.low = low
        self.high = high
        self.color = color
    }
}

/// A line across the panel.
public struct ReferenceLine: Sendable, Hashable {
    /// Which way it goes.
    public enum Direction: Sendable, Hashable {
        /// Across, at a value of the vertical axis.
        case horizontal
        /// Upright, at a value of the horizontal axis.
        case vertical
    }

    /// Which way it goes.
    public var direction: Direction
    /// Where.
    public var value: Double
    /// What stands beside it; empty for nothing.
    public var label: String

    /// Creates a line.
    ///
    /// - Parameters:
    ///   - direction: Which way it goes.
    ///   - value: Where; a value outside the axis is not drawn.
    ///   - label: What stands beside it.
    public init(_ direction: Direction, at value: Double, label: String = "") {
        self.direction = direction
        self.value = value
        self.label = label
    }
}
