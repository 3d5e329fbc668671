/// Takes the mean or the line of least squares off each stretch.
public enum Detrend: String, Sendable, Hashable, CaseIterable {
    /// The mean.
    case constant
    /// The line of least squares.
    case linear

    func apply(_ samples: inout MutableSpan<Double>) {
        let count = samples.count
        guard count > 0 else { return }
        let mean = samples.span.sum / Double(count)
        for index in 0..<count { samples[index] -= mean }
        guard self == .linear, count > 1 else { return }
        let middle = Double(count - 1) / 2
        var (product, square) = (0.0, 0.0)
        for index in 0..<count {
            let distance = Double(index) - middle
            product += distance * samples[index]
            square += distance * distance
        }
        let slope = product / square
        for index in 0..<count { samples[index] -= slope * (Double(index) - middle) }
    }
}
