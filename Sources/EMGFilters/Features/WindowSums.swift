private import Foundation

/// Sums over a run of samples and over the steps within it. Those of two runs next to each other
/// give those of both, by additions alone.
struct WindowTotals {
    var count: Double
    var first: Double
    var last: Double
    var mean: Double
    /// The sum of squared distances from the mean.
    var deviation = 0.0
    var magnitude: Double
    var square: Double
    var logarithm: Double
    var length = 0.0
    var stepSquare = 0.0

    /// The variance (of the population).
    var variance: Double { deviation / count }

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
            length += abs(step)
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
    static func + (left: WindowTotals, right: WindowTotals) -> WindowTotals {
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
        result.length += right.length + abs(step)
        result.stepSquare += right.stepSquare + step * step
        return result
    }
}

/// The sums of windows that slide along a signal, each from those of the blocks it is made of.
///
/// Every window is the end of one run of blocks and the start of the next, both of which are summed
/// once: a window takes one addition, however many blocks it has. Nothing is ever taken off again,
/// so that a quiet window after a loud one keeps all its digits.
struct SlidingSums {
    private let samples: [Double]
    private let needsLogarithm: Bool
    private let blockLength: Int
    private let perWindow: Int
    private let perStride: Int
    /// The blocks of two runs, and which they are.
    private var blocks: [WindowTotals?]
    private var blockIndices: [Int]
    /// From each block to the end of the run.
    private var ends: [WindowTotals] = []
    private var run = -1
    /// From the start of the next run on.
    private var start: WindowTotals?
    private var startCount = 0

    init(_ samples: [Double], window: Int, stride: Int, needsLogarithm: Bool) {
        self.samples = samples
        self.needsLogarithm = needsLogarithm
        blockLength = Self.divisor(window, stride)
        perWindow = window / blockLength
        perStride = stride / blockLength
        blocks = Array(repeating: nil, count: 2 * perWindow)
        blockIndices = Array(repeating: -1, count: 2 * perWindow)
    }

    /// The sums of a window.
    ///
    /// - Parameter window: Which one; ask for them in order.
    /// - Returns: Its sums.
    mutating func totals(window: Int) -> WindowTotals {
        let first = window * perStride
        if first / perWindow != run || ends.isEmpty { begin(first / perWindow) }
        let position = first % perWindow
        guard position > 0 else { return ends[0] }
        var start = start ?? block((run + 1) * perWindow)
        startCount = max(startCount, 1)
        while startCount < position {
            start = start + block((run + 1) * perWindow + startCount)
            startCount += 1
        }
        self.start = start
        return ends[position] + start
    }

    private mutating func begin(_ run: Int) {
        self.run = run
        var total = block((run + 1) * perWindow - 1)
        ends = Array(repeating: total, count: perWindow)
        for position in stride(from: perWindow - 2, through: 0, by: -1) {
            total = block(run * perWindow + position) + total
            ends[position] = total
        }
        start = nil
        startCount = 0
    }

    private mutating func block(_ index: Int) -> WindowTotals {
        let slot = index % blocks.count
        if blockIndices[slot] == index, let block = blocks[slot] { return block }
        let range = index * blockLength..<(index + 1) * blockLength
        let block = WindowTotals(
            samples.span.extracting(range), needsLogarithm: needsLogarithm)
        blocks[slot] = block
        blockIndices[slot] = index
        return block
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}

/// How often something holds at the samples of any range.
struct RunningCount {
    /// How often before each sample.
    private let counts: [UInt32]

    /// Counts along a signal.
    ///
    /// - Parameters:
    ///   - range: The samples that are looked at.
    ///   - count: Samples in the signal.
    ///   - holds: Whether it holds at a sample.
    init(_ range: Range<Int>, of count: Int, _ holds: (Int) -> Bool) {
        var counts = [UInt32](repeating: 0, count: count + 1)
        var found: UInt32 = 0
        for index in range {
            if holds(index) { found &+= 1 }
            counts[index + 1] = found
        }
        for index in max(range.upperBound, 0)..<max(range.upperBound, count) {
            counts[index + 1] = found
        }
        self.counts = counts
    }

    /// How often it holds in a range of samples.
    func callAsFunction(_ range: Range<Int>) -> Double {
        Double(counts[range.upperBound] &- counts[range.lowerBound])
    }
}

/// Higher central moments of a window.
struct WindowMoments {
    let skewness: Double
    let kurtosis: Double

    init(_ values: Span<Double>, totals: WindowTotals) {
        var (third, fourth) = (0.0, 0.0)
        for index in 0..<values.count {
            let distance = values[index] - totals.mean
            let square = distance * distance
            third += square * distance
            fourth += square * square
        }
        let variance = totals.variance
        skewness = third / totals.count / (variance * variance.squareRoot())
        kurtosis = fourth / totals.count / (variance * variance)
    }

    /// Hjorth's complexity: the mobility of the steps over that of the samples.
    static func complexity(_ values: Span<Double>, totals: WindowTotals) -> Double {
        let steps = (1..<values.count).map { values[$0] - values[$0 - 1] }
        let turns = (1..<steps.count).map { steps[$0] - steps[$0 - 1] }
        let stepVariance = variance(steps)
        let mobility = (stepVariance / totals.variance).squareRoot()
        return (variance(turns) / stepVariance).squareRoot() / mobility
    }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
}
