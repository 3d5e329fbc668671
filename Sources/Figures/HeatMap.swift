/// A matrix in colors, over the categories of both axes; the first row is on top. Over axes of
/// numbers it reaches over ranges, and the first row is at the bottom.
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
    /// From the left edge of the first column to the right one of the last, where the horizontal axis
    /// has numbers; `nil` for one place a column, the first at 0.
    public var xRange: ClosedRange<Double>?
    /// From the lower edge of the first row to the upper one of the last, where the vertical axis has
    /// numbers; `nil` for one place a row, the first at 0 and on top.
    public var yRange: ClosedRange<Double>?

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

    /// Where a column begins: its left edge.
    func columnEdge(_ column: Int) -> Double { Self.edge(column, of: columnCount, xRange) }

    /// Where a row begins: its edge towards the first.
    func rowEdge(_ row: Int) -> Double { Self.edge(row, of: rowCount, yRange) }

    private static func edge(_ index: Int, of count: Int, _ range: ClosedRange<Double>?) -> Double {
        guard let range else { return Double(index) - 0.5 }
        let share = Double(index) / Double(max(1, count))
        return range.lowerBound * (1 - share) + range.upperBound * share
    }
}
