/// A line through points of which some are far off: least squares with Huber's loss, by the
/// alternating direction method of multipliers, step by step as `pyxdf` has it, so that times
/// agree.
struct XDFRobustFit: Sendable, Hashable {
    /// Where the line is at 0.
    let intercept: Double
    /// How steep it is.
    let slope: Double

    private static let iterations = 1_000

    /// Fits a line; `nil` when all places are the same.
    ///
    /// - Parameters:
    ///   - x: The places, at least two.
    ///   - y: As many values.
    ///   - unit: Differences above this count as outliers, in the unit of the values.
    init?(x: [Double], y: [Double], unit: Double) {
        let places = x.map { $0 / unit }
        let values = y.map { $0 / unit }
        let first = places.min() ?? 0
        let shifted = places.map { $0 - first }
        // The normal equations of a line: two unknowns.
        let count = Double(shifted.count)
        let sum = shifted.reduce(0, +)
        let squares = shifted.reduce(0) { $0 + $1 * $1 }
        let determinant = count * squares - sum * sum
        guard determinant > 1e-12 * count * squares, determinant.isFinite else { return nil }
        var auxiliary = [Double](repeating: 0, count: values.count)
        var dual = auxiliary
        var (base, rise) = (0.0, 0.0)
        for _ in 0..<Self.iterations {
            var (right, rightSlope) = (0.0, 0.0)
            for index in values.indices {
                let target = values[index] + auxiliary[index] - dual[index]
                right += target
                rightSlope += shifted[index] * target
            }
            base = (squares * right - sum * rightSlope) / determinant
            rise = (count * rightSlope - sum * right) / determinant
            for index in values.indices {
                let distance = base + rise * shifted[index] - values[index] + dual[index]
                let inverse = distance == 0 ? 0 : 1 / distance
                let shrunk = max(0, 1 - 2 * abs(inverse))
                auxiliary[index] = 0.5 * distance + 0.5 * shrunk * distance
                dual[index] = distance - auxiliary[index]
            }
        }
        intercept = (base - rise * first) * unit
        slope = rise
        guard intercept.isFinite, slope.isFinite else { return nil }
    }
}
