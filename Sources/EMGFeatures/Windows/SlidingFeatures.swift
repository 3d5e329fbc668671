public import EMGSignal
private import Parallel

/// Features of windows that slide along a signal.
///
/// Sums that a window shares with the next are not computed twice: the signal is cut into blocks
/// as long as the largest common divisor of window and stride, each block is summed once, and runs
/// of blocks are summed once too. Adding only, a window of N samples keeps its digits wherever the
/// signal was loud before: its sums are within N units in the last place. Counts are exact.
/// One transform a window serves all features of the spectrum.
public struct SlidingFeatures: Sendable, Hashable {
    private let list: FeatureList
    /// Samples in a window.
    public let window: Int
    /// Samples from one window to the next.
    public let stride: Int
    /// The rate of the samples, for features in hertz.
    public let samplingRate: SamplingRate

    /// Creates an extraction.
    ///
    /// - Parameters:
    ///   - features: What is computed; at least one.
    ///   - window: Samples in a window, from 3 to 2²⁰.
    ///   - stride: Samples from one window to the next, at least 1.
    ///   - samplingRate: The rate of the samples.
    /// - Throws: ``FeatureError`` for parameters that cannot be.
    public init(
        _ features: [any Feature], window: Int, stride: Int, samplingRate: SamplingRate
    ) throws(FeatureError) {
        for (name, value, range) in [
            ("the window in samples", window, 3...1 << 20),
            ("the stride in samples", stride, 1...1 << 30),
            ("the number of features", features.count, 1...1_000),
        ] where !range.contains(value) {
            throw FeatureError(
                .unusableParameter(
                    name: name, expected: "from \(range.lowerBound) to \(range.upperBound)",
                    found: "\(value)"), hint: "150 to 250 ms are usual, moved by 25 to 50 ms")
        }
        for feature in features { try feature.check() }
        list = FeatureList(features)
        self.window = window
        self.stride = stride
        self.samplingRate = samplingRate
    }

    /// What is computed, in order.
    public var features: [any Feature] { list.features }

    /// How many numbers each channel gives for a window.
    public var countPerChannel: Int { features.reduce(0) { $0 + $1.count } }

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
        guard windows > 0 else { return [] }
        var result: [Double] = []
        result.reserveCapacity(windows * countPerChannel)
        let features = features
        let needs = features.reduce(into: Set<SharedNumber>()) { $0.formUnion($1.needs) }
        let needsLogarithms = needs.contains(.logarithms)
        var sums = SlidingSums(
            samples, window: window, stride: stride, needsLogarithm: needsLogarithms)
        let counts = features.map { feature in
            (feature as? any CountingFeature).map { RunningCount($0, along: samples.span) }
        }
        let spectrum = needs.contains(.spectrum) ? WindowSpectrum(window) : nil
        let burg = needs.modelOrder.map { BurgModel(window: window, order: $0) }
        for index in 0..<windows {
            let start = index * stride
            let values = samples.span.extracting(start..<start + window)
            let ownSums = sums.sums(window: index)
            let shared = SharedNumbers(
                sums: ownSums, logarithms: needsLogarithms ? ownSums.logarithm : nil,
                spectrum: spectrum?.power(values, rate: samplingRate.hertz),
                reflections: burg?.reflections(values))
            for (feature, count) in zip(features, counts) {
                if let count {
                    result.append(count(start..<start + window))
                } else {
                    feature.append(values, shared, to: &result)
                }
            }
        }
        return result
    }
}

extension Set<SharedNumber> {
    /// The highest order of a model that is asked for.
    fileprivate var modelOrder: Int? {
        compactMap { if case .model(let order) = $0 { order } else { nil } }.max()
    }
}
