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
    /// The value of the axis that the line lies at; outside the axis it is not drawn.
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
