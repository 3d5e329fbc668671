public import EMGSignal
private import FFTW
private import Foundation
private import Parallel

/// Features of windows that slide along a signal.
///
/// Sums that a window shares with the next are not computed twice: the signal is cut into blocks
/// as long as the largest common divisor of window and stride, each block is summed once, and runs
/// of blocks are summed once too. Adding only, a window of N samples keeps its digits wherever the
/// signal was loud before: its sums are within N units in the last place. Counts are exact.
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
            compute(Self.column(channel, of: samples, channelCount: channelCount))
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

    private static func column<Number: BinaryFloatingPoint>(
        _ channel: Int, of samples: [Number], channelCount: Int
    ) -> [Double] {
        let count = samples.count / channelCount
        return unsafe samples.withUnsafeBufferPointer { samples in
            // Conversions between types that are known here are one instruction each.
            if let samples = unsafe samples as? UnsafeBufferPointer<Float> {
                return (0..<count).map { unsafe Double(samples[$0 * channelCount + channel]) }
            }
            if let samples = unsafe samples as? UnsafeBufferPointer<Double> {
                return (0..<count).map { unsafe samples[$0 * channelCount + channel] }
            }
            return (0..<count).map { unsafe Double(samples[$0 * channelCount + channel]) }
        }
    }

    /// The features of one channel, `[windows × countPerChannel]`.
    private func compute(_ samples: [Double]) -> [Double] {
        let windows = windowCount(samples: samples.count)
        var result: [Double] = []
        result.reserveCapacity(windows * countPerChannel)
        var sums = SlidingSums(
            samples, window: window, stride: stride, needsLogarithm: kinds.contains(.logDetector))
        let counts = kinds.map { windows > 0 ? count($0, samples.span) : nil }
        let spectrum = kinds.contains(where: \.needsSpectrum) ? WindowSpectrum(window) : nil
        let burg = modelOrder > 0 ? BurgModel(window: window, order: modelOrder) : nil
        for index in 0..<windows {
            let start = index * stride
            let values = samples.span.extracting(start..<start + window)
            let shared = WindowNumbers(
                totals: sums.totals(window: index),
                power: spectrum?.power(values, rate: samplingRate.hertz),
                model: burg?.reflections(values) ?? [])
            for (kind, count) in zip(kinds, counts) {
                if let count {
                    // The first sample has no step before it, and a change of slope has two steps.
                    let end = start + window - (kind.needsTwoSteps ? 1 : 0)
                    result.append(count(start + 1..<end))
                } else {
                    append(kind, values, shared, to: &result)
                }
            }
        }
        return result
    }

    private var modelOrder: Int {
        kinds.reduce(0) { largest, kind in
            switch kind {
            case .autoregressive(let order), .cepstrum(let order): max(largest, order)
            default: largest
            }
        }
    }

    /// How often a kind that counts finds what it counts; `nil` for others.
    private func count(_ kind: FeatureKind, _ values: Span<Double>) -> RunningCount? {
        let count = values.count
        switch kind {
        case .zeroCrossings(let threshold):
            return RunningCount(1..<count, of: count) { index in
                let (before, sample) = unsafe (
                    values[unchecked: index - 1], values[unchecked: index]
                )
                return before * sample < 0 && abs(before - sample) >= threshold
            }
        case .wilson(let threshold):
            return RunningCount(1..<count, of: count) { index in
                unsafe abs(values[unchecked: index] - values[unchecked: index - 1]) > threshold
            }
        case .slopeSignChanges(let threshold, let inclusive):
            return RunningCount(1..<count - 1, of: count) { index in
                let product =
                    unsafe (values[unchecked: index] - values[unchecked: index - 1])
                    * (values[unchecked: index] - values[unchecked: index + 1])
                return product > threshold || (inclusive && product == threshold)
            }
        default: return nil
        }
    }

    /// What features of a window share.
    private struct WindowNumbers {
        let totals: WindowTotals
        let power: WindowSpectrum.Power?
        /// Reflection coefficients.
        let model: [Double]
    }

    /// Appends the numbers of a kind that does not count.
    private func append(
        _ kind: FeatureKind, _ values: Span<Double>, _ shared: WindowNumbers,
        to result: inout [Double]
    ) {
        let count = Double(window)
        let totals = shared.totals
        switch kind {
        case .mav: result.append(totals.magnitude / count)
        case .iav: result.append(totals.magnitude)
        case .rms: result.append((totals.square / count).squareRoot())
        case .waveformLength: result.append(totals.length)
        case .dasdv: result.append((totals.stepSquare / (count - 1)).squareRoot())
        case .maximumFractalLength: result.append(log10(totals.length))
        case .logDetector: result.append(exp(totals.logarithm / count))
        case .zeroCrossings, .wilson, .slopeSignChanges: break
        case .autoregressive(let order):
            result += BurgModel.coefficients(shared.model, order: order)
        case .cepstrum(let order):
            result += BurgModel.cepstrum(BurgModel.coefficients(shared.model, order: order))
        case .meanFrequency: result.append(shared.power?.meanFrequency ?? .nan)
        case .medianFrequency: result.append(shared.power?.medianFrequency ?? .nan)
        case .meanPower: result.append(shared.power?.mean ?? .nan)
        case .variance, .activity: result.append(totals.variance)
        case .skewness: result.append(WindowMoments(values, totals: totals).skewness)
        case .kurtosis: result.append(WindowMoments(values, totals: totals).kurtosis)
        case .mobility: result.append((totals.stepSquare / totals.square).squareRoot())
        case .complexity: result.append(WindowMoments.complexity(values, totals: totals))
        case .sampleEntropy(let m, let r):
            result.append(SampleEntropy(m: m, tolerance: r).compute(values))
        }
    }
}
