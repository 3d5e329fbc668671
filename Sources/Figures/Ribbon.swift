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
