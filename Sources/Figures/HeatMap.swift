/// A matrix in colors, over the categories of both axes; the first row is on top.
public struct HeatMap: Sendable, Hashable {
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns.
    public let columnCount: Int
    /// The values, row after row; one that is not finite stays gray.
    public let values: [Double]
    /// The values of the lightest and the darkest color; `nil` for the lowest and the highest.
    public var range: ClosedRange<Double>?
    /// What the values are, beside the bar of colors.
    public var label: String
    /// Digits behind the point of the numbers in the cells; `nil` for no numbers.
    public var decimals: Int?

    /// Creates a matrix.
    ///
    /// - Parameters:
    ///   - rowCount: The number of rows.
    ///   - columnCount: The number of columns.
    ///   - values: Row after row, as many as rows times columns.
    ///   - range: The values of the lightest and the darkest color.
    ///   - label: What the values are.
    ///   - decimals: Digits behind the point of the numbers in the cells, from 0 to 9.
    public init(
        rowCount: Int, columnCount: Int, values: [Double], range: ClosedRange<Double>? = nil,
        label: String = "", decimals: Int? = nil
    ) {
        precondition(
            rowCount >= 0 && columnCount >= 0 && values.count == rowCount * columnCount,
            "\(values.count) values are not \(rowCount) rows of \(columnCount)")
        precondition((0...9).contains(decimals ?? 0), "0 to 9 decimals can be shown")
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.values = values
        self.range = range
        self.label = label
        self.decimals = decimals
    }
}
