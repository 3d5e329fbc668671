private import Documents
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
        var columns = Columns(
            windows: windows, width: countPerChannel, length: window, stride: stride)
        for first in Swift.stride(from: 0, to: windows, by: Columns.blockSize) {
            let block = first..<min(windows, first + Columns.blockSize)
            columns.begin(
                block,
                block.map { index in
                    let start = index * stride
                    let values = samples.span.extracting(start..<start + window)
                    let ownSums = sums.sums(window: index)
                    return SharedNumbers(
                        sums: ownSums, logarithms: needsLogarithms ? ownSums.logarithm : nil,
                        spectrum: spectrum?.power(values, rate: samplingRate.hertz),
                        reflections: burg?.reflections(values))
                })
            for (feature, count) in zip(features, counts) {
                if let count {
                    columns.append(count)
                } else if let scalar = feature as? any ScalarFeature {
                    columns.append(scalar, of: samples.span)
                } else {
                    columns.append(feature, of: samples.span)
                }
            }
        }
        return columns.values
    }
}

/// The features of one channel, filled in feature by feature for a block of windows at a time: what
/// a feature is, is looked up once a block and not for each number.
private struct Columns {
    /// Windows of a block; what they share stays in the caches.
    static let blockSize = 256

    /// `[windows × numbers]`.
    private(set) var values: [Double]
    private let width: Int
    private let length: Int
    private let stride: Int
    private var block = 0..<0
    private var shared: [SharedNumbers] = []
    /// The column that comes next.
    private var column = 0

    init(windows: Int, width: Int, length: Int, stride: Int) {
        values = [Double](repeating: 0, count: windows * width)
        (self.width, self.length, self.stride) = (width, length, stride)
    }

    mutating func begin(_ block: Range<Int>, _ shared: [SharedNumbers]) {
        (self.block, self.shared, column) = (block, shared, 0)
    }

    private func range(_ window: Int) -> Range<Int> {
        window * stride..<window * stride + length
    }

    mutating func append(_ count: RunningCount) {
        for window in block { values[window * width + column] = count(range(window)) }
        column += 1
    }

    mutating func append(_ feature: some ScalarFeature, of samples: Span<Double>) {
        for (place, window) in block.enumerated() {
            values[window * width + column] = feature.value(
                of: samples.extracting(range(window)), shared[place])
        }
        column += 1
    }

    mutating func append<Kind: Feature>(_ feature: Kind, of samples: Span<Double>) {
        var numbers: [Double] = []
        let count = feature.count
        for (place, window) in block.enumerated() {
            numbers.removeAll(keepingCapacity: true)
            feature.append(samples.extracting(range(window)), shared[place], to: &numbers)
            precondition(
                numbers.count == count, "\(Kind.key) gives \(count) numbers, not \(numbers.count)")
            for (offset, number) in numbers.enumerated() {
                values[window * width + column + offset] = number
            }
        }
        column += count
    }
}

extension Set<SharedNumber> {
    /// The highest order of a model that is asked for.
    fileprivate var modelOrder: Int? {
        compactMap { if case .model(let order) = $0 { order } else { nil } }.max()
    }
}
