/// How often which latency occurred: logarithmic classes of a fixed number, so that counting takes
/// no memory however long a stream lasts.
///
/// Each power of two is divided into 32 classes: what is read from it is at most 3.2 % too large,
/// and never too small. The maximum is exact.
package struct LatencyHistogram: Sendable {
    private static let partBits = 5
    private static let parts = 1 << partBits

    private var counts = Array(repeating: 0, count: (64 - partBits + 1) * parts)
    /// How many were counted.
    package private(set) var count = 0
    /// The longest, in nanoseconds.
    package private(set) var maximum: UInt64 = 0

    /// Creates a histogram of nothing.
    package init() {}

    /// Counts a latency.
    package mutating func add(_ nanoseconds: UInt64) {
        counts[Self.index(of: nanoseconds)] += 1
        count += 1
        maximum = max(maximum, nanoseconds)
    }

    /// The latency that a share of all does not exceed, in nanoseconds.
    ///
    /// - Parameter share: From 0 to 1.
    /// - Returns: The latency; 0 when nothing was counted.
    package func quantile(_ share: Double) -> UInt64 {
        // The nearest rank: the smallest latency that at least this share does not exceed.
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var sum = 0
        for index in counts.indices {
            sum += counts[index]
            if sum >= rank { return min(Self.upperBound(of: index), maximum) }
        }
        return maximum
    }

    private static func index(of value: UInt64) -> Int {
        guard value >= UInt64(parts) else { return Int(value) }
        let shift = 63 - value.leadingZeroBitCount - partBits
        return (shift + 1) * parts + Int(value >> UInt64(shift)) - parts
    }

    private static func upperBound(of index: Int) -> UInt64 {
        guard index >= parts else { return UInt64(index) }
        let shift = UInt64(index / parts - 1)
        let first = UInt64(index % parts + parts) << shift
        return first + ((1 << shift) - 1)
    }
}
