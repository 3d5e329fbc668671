/// Higher central moments of a window.
struct WindowMoments {
    let skewness: Double
    let kurtosis: Double

    init(_ values: Span<Double>, sums: WindowSums) {
        var (third, fourth) = (0.0, 0.0)
        for index in 0..<values.count {
            let distance = values[index] - sums.mean
            let square = distance * distance
            third += square * distance
            fourth += square * square
        }
        let variance = sums.variance
        skewness = third / sums.count / (variance * variance.squareRoot())
        kurtosis = fourth / sums.count / (variance * variance)
    }
}
