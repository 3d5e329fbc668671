private import Foundation

/// Sums over the samples of a window and over the steps between them.
struct WindowTotals {
    var sum = 0.0
    var magnitude = 0.0
    var square = 0.0
    var logarithm = 0.0
    var length = 0.0
    var stepSquare = 0.0

    func mean(_ count: Int) -> Double { sum / Double(count) }

    static func += (left: inout WindowTotals, right: WindowTotals) {
        left.sum += right.sum
        left.magnitude += right.magnitude
        left.square += right.square
        left.logarithm += right.logarithm
        left.length += right.length
        left.stepSquare += right.stepSquare
    }
}

/// The sums of blocks that windows are made of.
struct BlockSums {
    private let blocks: [WindowTotals]
    private let samples: [Double]
    private let perWindow: Int
    private let perStride: Int
    private let blockLength: Int

    init(_ samples: [Double], _ features: SlidingFeatures) {
        self.samples = samples
        let divisor = Self.divisor(features.window, features.stride)
        blockLength = divisor
        perWindow = features.window / divisor
        perStride = features.stride / divisor
        let needsLogarithm = features.kinds.contains {
            if case .logDetector = $0 { true } else { false }
        }
        blocks = (0..<samples.count / divisor).map { block in
            var totals = WindowTotals()
            let first = block * divisor
            for index in first..<first + divisor {
                let sample = samples[index]
                totals.sum += sample
                totals.magnitude += abs(sample)
                totals.square += sample * sample
                if needsLogarithm { totals.logarithm += log(abs(sample) + 1) }
                // The step from the sample before belongs to the block; a window leaves out that
                // of its first sample.
                if index > 0 {
                    let step = sample - samples[index - 1]
                    totals.length += abs(step)
                    totals.stepSquare += step * step
                }
            }
            return totals
        }
    }

    func totals(window: Int) -> WindowTotals {
        let first = window * perStride
        // The first block again without the step into it: subtracting that would cost digits.
        var result = WindowTotals()
        let head = blocks[first]
        result.sum = head.sum
        result.magnitude = head.magnitude
        result.square = head.square
        result.logarithm = head.logarithm
        let start = first * blockLength
        for index in start + 1..<max(start + 1, start + blockLength) {
            let step = samples[index] - samples[index - 1]
            result.length += abs(step)
            result.stepSquare += step * step
        }
        for block in first + 1..<max(first + 1, first + perWindow) { result += blocks[block] }
        return result
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}

/// Central moments of a window and of its first and second differences.
struct WindowMoments {
    let variance: Double
    let skewness: Double
    let kurtosis: Double
    let complexity: Double

    init(_ values: Span<Double>, mean: Double) {
        var (second, third, fourth) = (0.0, 0.0, 0.0)
        for index in 0..<values.count {
            let distance = values[index] - mean
            let square = distance * distance
            second += square
            third += square * distance
            fourth += square * square
        }
        let count = Double(values.count)
        variance = second / count
        skewness = third / count / (variance * variance.squareRoot())
        kurtosis = fourth / count / (variance * variance)
        let steps = (1..<values.count).map { values[$0] - values[$0 - 1] }
        let turns = (1..<steps.count).map { steps[$0] - steps[$0 - 1] }
        let stepVariance = Self.variance(steps)
        let mobility = (stepVariance / variance).squareRoot()
        complexity = (Self.variance(turns) / stepVariance).squareRoot() / mobility
    }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
}
