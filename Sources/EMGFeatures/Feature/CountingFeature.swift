/// A feature that is how often something holds at the samples of a window.
///
/// Whether it holds is decided once for each sample of a signal, however many windows the sample
/// is in; counts are exact.
public protocol CountingFeature: Feature {
    /// Which samples decide whether a sample counts: `-1...0` is itself and the one before. A
    /// sample counts in the windows that have all of them. The range contains 0.
    static var reach: ClosedRange<Int> { get }

    /// Whether a sample counts.
    ///
    /// - Parameters:
    ///   - signal: The samples.
    ///   - index: Which one; all within ``reach`` of it are in the signal.
    /// - Returns: Whether it counts.
    func counts(_ signal: Span<Double>, at index: Int) -> Bool

    /// How many samples count before each of a signal, and before its end. By default ``counts(_:at:)``
    /// is asked for each.
    ///
    /// - Parameter signal: The samples.
    /// - Returns: One number more than the signal has samples.
    func runningCounts(along signal: Span<Double>) -> [UInt32]
}

extension CountingFeature {
    /// A count.
    public static var unit: FeatureUnit { .count }

    /// Asks for each sample that has all of its reach.
    public func runningCounts(along signal: Span<Double>) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: signal.count + 1)
        let first = -Self.reach.lowerBound
        let end = signal.count - Self.reach.upperBound
        var found: UInt32 = 0
        for index in first..<max(first, end) {
            if self.counts(signal, at: index) { found &+= 1 }
            counts[index + 1] = found
        }
        for index in max(first, end)..<max(first, signal.count) { counts[index + 1] = found }
        return counts
    }

    /// Appends how many samples of a window count.
    public func append(
        _ window: Span<Double>, _ shared: SharedNumbers, to numbers: inout [Double]
    ) {
        numbers.append(Double(runningCounts(along: window)[window.count]))
    }
}

/// How often a feature counts in any range of a signal.
struct RunningCount {
    private let counts: [UInt32]
    private let reach: ClosedRange<Int>

    init(_ feature: some CountingFeature, along signal: Span<Double>) {
        counts = feature.runningCounts(along: signal)
        reach = type(of: feature).reach
    }

    /// How often in a window.
    func callAsFunction(_ window: Range<Int>) -> Double {
        let first = window.lowerBound - reach.lowerBound
        let end = window.upperBound - reach.upperBound
        return first < end ? Double(counts[end] &- counts[first]) : 0
    }
}
