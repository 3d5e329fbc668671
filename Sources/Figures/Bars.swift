/// Bars over the categories of the horizontal axis. Several marks of bars in one panel stand side
/// by side.
public struct Bars: Sendable, Hashable {
    /// What they are called in the legend.
    public var name: String
    /// One value a category; one that is not finite has no bar.
    public var values: [Double]
    /// How far the values scatter, to both sides; empty for no error bars.
    public var errors: [Double]
    /// How they are drawn apart from others.
    public var color: SeriesColor
    /// Digits behind the point of the numbers above the bars; `nil` for no numbers.
    public var decimals: Int?

    /// Creates bars.
    ///
    /// - Parameters:
    ///   - name: What they are called in the legend.
    ///   - values: One value a category.
    ///   - errors: How far the values scatter, one a category; empty for no error bars.
    ///   - color: How they are drawn apart from others.
    ///   - decimals: Digits behind the point of the numbers above the bars, from 0 to 9.
    public init(
        _ name: String = "", values: [Double], errors: [Double] = [],
        color: SeriesColor = .automatic, decimals: Int? = nil
    ) {
        precondition(
            errors.isEmpty || errors.count == values.count,
            "\(errors.count) errors for \(values.count) values")
        precondition((0...9).contains(decimals ?? 0), "0 to 9 decimals can be shown")
        self.name = name
        self.values = values
        self.errors = errors
        self.color = color
        self.decimals = decimals
    }
}
