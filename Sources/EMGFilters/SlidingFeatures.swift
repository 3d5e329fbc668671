public import EMGSignal
private import FFTW
private import Foundation
private import Parallel

/// Features of windows that slide along a signal.
///
/// Sums that a window shares with the next are not computed twice: the signal is cut into blocks
/// as long as the largest common divisor of window and stride, each block is summed once, and a
/// window adds up its blocks. Adding only, it keeps its digits wherever the signal was loud before.
/// One transform a window serves all features of the spectrum.
public struct SlidingFeatures: Sendable, Hashable {
    /// What is computed, in order.
    public let kinds: [FeatureKind]
    /// Samples in a window.
    public let window: Int
    /// Samples from one window to the next.
    public let stride: Int
    /// The rate of the samples, for features in hertz.
    public let samplingRate: SamplingRate

    /// Creates an extraction.
    ///
    /// - Parameters:
    ///   - kinds: What is computed; at least one.
    ///   - window: Samples in a window, from 3 to 2²⁰.
    ///   - stride: Samples from one window to the next, at least 1.
    ///   - samplingRate: The rate of the samples.
    /// - Throws: ``FilterError`` for parameters that cannot be.
    public init(
        _ kinds: [FeatureKind], window: Int, stride: Int, samplingRate: SamplingRate
    ) throws(FilterError) {
        for (name, value, range) in [
            ("the window in samples", window, 3...1 << 20),
            ("the stride in samples", stride, 1...1 << 30),
            ("the number of features", kinds.count, 1...1_000),
        ] where !range.contains(value) {
            throw FilterError(
                .unusableParameter(
                    name: name, expected: "from \(range.lowerBound) to \(range.upperBound)",
                    found: Double(value)), hint: "150 to 250 ms are usual, moved by 25 to 50 ms")
        }
        for kind in kinds { try kind.check() }
        self.kinds = kinds
        self.window = window
        self.stride = stride
        self.samplingRate = samplingRate
    }

    /// How many numbers each channel gives for a window.
    public var countPerChannel: Int { kinds.reduce(0) { $0 + $1.count } }

    /// How many windows a signal has; what is left at its end is dropped.
    public func windowCount(samples: Int) -> Int {
        samples < window ? 0 : (samples - window) / stride + 1
    }

    /// Computes the features of every window.
    ///
    /// - Parameters:
    ///   - samples: Row-major `[samples × channels]`. A window with a sample that is not finite
    ///     gives numbers that are not.
    ///   - channelCount: How many channels, at least 1.
    ///   - threads: How many threads at most, at least 1.
    /// - Returns: `[windows × channels × countPerChannel]`, row-major.
    public func compute<Number: BinaryFloatingPoint & Sendable & SendableMetatype>(
        _ samples: [Number], channelCount: Int, threads: Int = 1
    ) -> [Double] {
        precondition(
            channelCount >= 1 && samples.count.isMultiple(of: channelCount),
            "\(samples.count) values are not whole samples of \(channelCount) channels")
        let windows = windowCount(samples: samples.count / channelCount)
        let width = countPerChannel
        let columns = concurrentMap(count: channelCount, threads: threads) { channel -> [Double] in
            let column = Swift.stride(from: channel, to: samples.count, by: channelCount).map {
                Double(samples[$0])
            }
            return compute(column)
        }
        var result = [Double](repeating: 0, count: windows * channelCount * width)
        for (channel, column) in columns.enumerated() {
            for index in 0..<windows {
                let target = (index * channelCount + channel) * width
                for number in 0..<width { result[target + number] = column[index * width + number] }
            }
        }
        return result
    }

    /// The features of one channel, `[windows × countPerChannel]`.
    private func compute(_ samples: [Double]) -> [Double] {
        let windows = windowCount(samples: samples.count)
        var result: [Double] = []
        result.reserveCapacity(windows * countPerChannel)
        let sums = BlockSums(samples, self)
        let spectrum = kinds.contains(where: \.needsSpectrum) ? WindowSpectrum(window) : nil
        for index in 0..<windows {
            let start = index * stride
            let totals = sums.totals(window: index)
            let values = samples.span.extracting(start..<start + window)
            let power = spectrum?.power(values, rate: samplingRate.hertz)
            let model = burg(values)
            let moments = needsMoments ? WindowMoments(values, mean: totals.mean(window)) : nil
            for kind in kinds {
                append(kind, values, totals, power, model, moments, to: &result)
            }
        }
        return result
    }

    private var needsMoments: Bool {
        kinds.contains {
            switch $0 {
            case .variance, .activity, .complexity, .skewness, .kurtosis: true
            default: false
            }
        }
    }

    private func burg(_ values: Span<Double>) -> [Double] {
        let order = kinds.reduce(0) { largest, kind in
            switch kind {
            case .autoregressive(let order), .cepstrum(let order): max(largest, order)
            default: largest
            }
        }
        return order > 0 ? BurgModel.reflections(values, order: min(order, window - 1)) : []
    }

    private func append(
        _ kind: FeatureKind, _ values: Span<Double>, _ totals: WindowTotals,
        _ power: WindowSpectrum.Power?, _ model: [Double], _ moments: WindowMoments?,
        to result: inout [Double]
    ) {
        let count = Double(window)
        switch kind {
        case .mav: result.append(totals.magnitude / count)
        case .iav: result.append(totals.magnitude)
        case .rms: result.append((totals.square / count).squareRoot())
        case .waveformLength: result.append(totals.length)
        case .dasdv: result.append((totals.stepSquare / (count - 1)).squareRoot())
        case .maximumFractalLength: result.append(log10(totals.length))
        case .logDetector: result.append(exp(totals.logarithm / count))
        case .zeroCrossings(let threshold):
            result.append(
                pairs(values) { before, sample in
                    before * sample < 0 && abs(before - sample) >= threshold
                })
        case .wilson(let threshold):
            result.append(pairs(values) { abs($1 - $0) > threshold })
        case .slopeSignChanges(let threshold, let inclusive):
            var found = 0
            for index in 1..<values.count - 1 {
                let product =
                    (values[index] - values[index - 1]) * (values[index] - values[index + 1])
                if product > threshold || (inclusive && product == threshold) { found += 1 }
            }
            result.append(Double(found))
        case .autoregressive(let order):
            result += BurgModel.coefficients(model, order: order)
        case .cepstrum(let order):
            result += BurgModel.cepstrum(BurgModel.coefficients(model, order: order))
        case .meanFrequency: result.append(power?.meanFrequency ?? .nan)
        case .medianFrequency: result.append(power?.medianFrequency ?? .nan)
        case .meanPower: result.append(power?.mean ?? .nan)
        case .variance, .activity: result.append(moments?.variance ?? .nan)
        case .skewness: result.append(moments?.skewness ?? .nan)
        case .kurtosis: result.append(moments?.kurtosis ?? .nan)
        case .mobility: result.append((totals.stepSquare / totals.square).squareRoot())
        case .complexity: result.append(moments?.complexity ?? .nan)
        case .sampleEntropy(let m, let r):
            result.append(SampleEntropy(m: m, tolerance: r).compute(values))
        }
    }

    /// Counts pairs of neighbors.
    private func pairs(_ values: Span<Double>, _ holds: (Double, Double) -> Bool) -> Double {
        var found = 0
        for index in 1..<values.count where holds(values[index - 1], values[index]) { found += 1 }
        return Double(found)
    }
}
