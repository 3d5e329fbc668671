/// How long something took, many times: counts in buckets whose width grows with the time.
///
/// Times below 128 ns have a bucket each; above, each octave is cut into 64 buckets, so that a
/// quantile is known to 1/64 of itself (the layout of HdrHistogram). Extremes, the mean and missed
/// deadlines are exact. All memory is taken when the histogram is made, about 20 kB however many
/// times it is used; recording takes a few instructions.
package struct LatencyHistogram: Sendable, Hashable {
    /// What is longer is counted as this, about 73 minutes, where buckets end; the longest is exact
    /// even so.
    private static let longest: UInt64 = (1 << 42) - 1

    /// How many times were recorded.
    package private(set) var count = 0
    /// How many of them were beyond the deadline.
    package private(set) var missedCount = 0
    /// The shortest one in nanoseconds; `nil` before there is one.
    package private(set) var minimum: UInt64?
    /// The longest one in nanoseconds; `nil` before there is one.
    package private(set) var maximum: UInt64?
    /// What is too late, in nanoseconds; `nil` when nothing is.
    package let deadline: UInt64?
    private var sum = 0.0
    private var buckets: [Int]

    /// Creates an empty histogram.
    ///
    /// - Parameter deadline: Beyond how many nanoseconds a time is counted as missed.
    package init(deadline: UInt64? = nil) {
        self.deadline = deadline
        buckets = Array(repeating: 0, count: Self.bucket(of: Self.longest) + 1)
    }

    /// The mean in nanoseconds; `nil` before there is one.
    package var mean: Double? { count == 0 ? nil : sum / Double(count) }

    /// Records a time.
    ///
    /// - Parameter nanoseconds: The time.
    package mutating func record(nanoseconds: UInt64) {
        buckets[Self.bucket(of: min(nanoseconds, Self.longest))] += 1
        count += 1
        sum += Double(nanoseconds)
        minimum = min(minimum ?? nanoseconds, nanoseconds)
        maximum = max(maximum ?? nanoseconds, nanoseconds)
        if let deadline, nanoseconds > deadline { missedCount += 1 }
    }

    /// Adds what another histogram has recorded. What it missed was beyond its own deadline.
    ///
    /// - Parameter other: The other histogram.
    package mutating func add(_ other: LatencyHistogram) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        missedCount += other.missedCount
        sum += other.sum
        if let least = other.minimum { minimum = min(minimum ?? least, least) }
        if let most = other.maximum { maximum = max(maximum ?? most, most) }
    }

    /// The time within which a share of all times lies: that of rank `⌈share · count⌉`, as the
    /// longest time of its bucket, and never beyond the longest one recorded.
    ///
    /// - Parameter share: Above 0 and at most 1: 0.99 for p99.
    /// - Returns: Nanoseconds; `nil` before anything was recorded.
    package func quantile(_ share: Double) -> UInt64? {
        precondition(share > 0 && share <= 1, "got a share of \(share)")
        guard let minimum, let maximum else { return nil }
        // A product such as 0.999 · 1000 is not always the whole number that it stands for.
        let rank = max(1, Int((share * Double(count) - 1e-6).rounded(.up)))
        var seen = 0
        for index in buckets.indices {
            seen += buckets[index]
            guard seen >= rank else { continue }
            let isLast = index == buckets.count - 1
            return isLast ? maximum : max(minimum, min(maximum, Self.longestTime(of: index)))
        }
        return maximum
    }

    /// The bucket of a time: the number itself below 64; else its highest 7 bits and how many
    /// follow.
    private static func bucket(of time: UInt64) -> Int {
        let following = max(0, 57 - time.leadingZeroBitCount)
        return following << 6 + Int(time >> UInt64(following))
    }

    private static func longestTime(of bucket: Int) -> UInt64 {
        let following = max(0, bucket >> 6 - 1)
        return UInt64(bucket - following << 6 + 1) << UInt64(following) - 1
    }
}
