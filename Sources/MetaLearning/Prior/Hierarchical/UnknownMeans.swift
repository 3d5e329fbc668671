internal import Autodiff

/// The covariance of class means after a support: what was not known before, less what was learned.
///
/// A decision needs the part of each class alone, which is a small part of it.
struct UnknownMeans: Sendable {
    /// The covariance before, `[size]²`.
    private let spread: [Double]
    /// What each number gains from what was shown, `[size × shown]`.
    private let gains: [Double]
    /// What each number has in common with what was shown, `[size × shown]`.
    private let common: [Double]
    /// Numbers of all class means.
    private let size: Int

    /// Nothing or something was learned.
    init(spread: [Double], gains: [Double] = [], common: [Double] = [], size: Int) {
        (self.spread, self.gains, self.common, self.size) = (spread, gains, common, size)
    }

    /// The part of some numbers, one after the other.
    ///
    /// - Parameter range: Which numbers.
    /// - Returns: `[count]²`, row after row.
    func covariance(of range: Range<Int>) -> [Double] {
        let shown = gains.count / size
        let width = range.count
        var result = [Double](repeating: 0, count: width * width)
        for row in 0..<width {
            let gain = (range.lowerBound + row) * shown
            for column in row..<width {
                let other = (range.lowerBound + column) * shown
                var value = spread[(range.lowerBound + row) * size + range.lowerBound + column]
                for place in 0..<shown { value -= gains[gain + place] * common[other + place] }
                result[row * width + column] = value
                result[column * width + row] = value
            }
        }
        return result
    }

    /// All of it.
    var covariance: [Double] { gains.isEmpty ? spread : covariance(of: 0..<size) }

    /// What is left unknown once more was learned.
    ///
    /// - Parameters:
    ///   - gains: What each number gains, `[size × learned]`.
    ///   - common: What each number had in common with what was learned, `[size × learned]`.
    /// - Returns: Less.
    func less(gains: [Double], common: [Double]) -> UnknownMeans {
        let known = [Double].product(
            gains, common,
            MatrixLayout(
                rows: size, columns: size, inner: gains.count / size, left: .plain,
                right: .transposed))
        return UnknownMeans(spread: zip(covariance, known).map { $0 - $1 }, size: size)
    }
}

extension [Double] {
    /// The product of two matrices.
    static func product(_ left: [Double], _ right: [Double], _ layout: MatrixLayout) -> [Double] {
        var result = [Double](repeating: 0, count: layout.rows * layout.columns)
        var span = result.mutableSpan
        Double.multiplyByBLAS(layout, left.span, right.span, into: &span, accumulating: false)
        return result
    }
}
