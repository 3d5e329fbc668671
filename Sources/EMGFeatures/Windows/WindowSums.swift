internal import EMGSignal
private import Foundation

/// Sums over a run of samples and over the steps within it. Those of two runs next to each other
/// give those of both, by additions alone.
public struct WindowSums: Sendable {
    var count: Double
    var first: Double
    var last: Double
    /// The mean of the samples.
    public internal(set) var mean: Double
    /// The sum of squared distances from the mean.
    var deviation = 0.0
    /// The sum of magnitudes, Σ |xₙ|.
    public internal(set) var magnitude: Double
    /// The sum of squares, Σ xₙ².
    public internal(set) var square: Double
    var logarithm: Double
    /// The sum of the magnitudes of steps, Σ |xₙ − xₙ₋₁|.
    public internal(set) var waveformLength = 0.0
    /// The sum of squared steps, Σ (xₙ − xₙ₋₁)².
    public internal(set) var stepSquare = 0.0

    /// The variance (of the population).
    public var variance: Double { deviation / count }

    /// Sums over a run.
    ///
    /// - Parameters:
    ///   - values: The samples, at least 1.
    ///   - needsLogarithm: Whether logarithms are summed.
    init(_ values: Span<Double>, needsLogarithm: Bool) {
        precondition(values.count >= 1, "a run has at least 1 sample")
        count = Double(values.count)
        first = values[0]
        last = values[values.count - 1]
        mean = values.sum / count
        (magnitude, square, logarithm) = (0, 0, 0)
        var before = first
        for index in 0..<values.count {
            let value = unsafe values[unchecked: index]
            let step = value - before
            let distance = value - mean
            magnitude += abs(value)
            square += value * value
            waveformLength += abs(step)
            stepSquare += step * step
            deviation += distance * distance
            before = value
        }
        guard needsLogarithm else { return }
        for index in 0..<values.count {
            logarithm += log(unsafe abs(values[unchecked: index]) + 1)
        }
    }

    /// The sums over two runs, the second right after the first.
    ///
    /// Variances by T. F. Chan, G. H. Golub, R. J. LeVeque, Am. Stat. 37 (1983) 242–247.
    static func + (left: WindowSums, right: WindowSums) -> WindowSums {
        var result = left
        let step = right.first - left.last
        let distance = right.mean - left.mean
        result.count += right.count
        result.last = right.last
        result.mean += distance * (right.count / result.count)
        result.deviation +=
            right.deviation + distance * distance * (left.count * right.count / result.count)
        result.magnitude += right.magnitude
        result.square += right.square
        result.logarithm += right.logarithm
        result.waveformLength += right.waveformLength + abs(step)
        result.stepSquare += right.stepSquare + step * step
        return result
    }
}
