internal import EMGSignal

/// What one pass over time stamps tells of their steps.
struct StepSurvey: Sendable {
    /// Steps that go forward.
    private(set) var forwardCount = 0
    /// The sum of them, in seconds.
    private(set) var forwardTime = 0.0
    /// Stamps that repeat the one before.
    private(set) var duplicateCount = 0
    /// The samples that have them, the first ones.
    private(set) var duplicates: [Int] = []

    init<Times: TimeBlocks>(_ times: Times) throws(Times.Failure) {
        var survey = self
        try times.forEachStep { sample, step in
            if step > 0 {
                survey.forwardCount += 1
                survey.forwardTime += step
            } else if step == 0 {
                survey.duplicateCount += 1
                if survey.duplicates.count < TimeLine.mostPlaces {
                    survey.duplicates.append(sample)
                }
            }
        }
        self = survey
    }
}

extension TimeBlocks {
    /// The steps between neighboring stamps, in order.
    ///
    /// - Parameter body: Called with the number of the later sample and the step in seconds.
    /// - Throws: What makes the time stamps unreadable.
    func forEachStep(_ body: (_ sample: Int, _ step: Double) -> Void) throws(Failure) {
        var buffer: [Double] = []
        var start = 1
        while start < count {
            let end = min(start + (1 << 15), count)
            try readTimes(SampleRange(start: start - 1, end: end), into: &buffer)
            for index in 1..<buffer.count {
                body(start + index - 1, buffer[index] - buffer[index - 1])
            }
            start = end
        }
    }
}

/// Exact order statistics of the steps that go forward, in bounded memory.
///
/// Positive numbers are ordered as their bit patterns are. A pass over the steps counts them by
/// the leading 16 bits that are not yet settled; the bucket that holds the rank settles them,
/// until what is left of it fits in memory. Regular clocks settle in two passes.
package struct StepOrder<Times: TimeBlocks> {
    /// How many steps are sorted in memory.
    private static var mostSorted: Int { 1 << 20 }

    private let times: Times
    private let count: Int
    private var all: [Double] = []

    /// - Parameters:
    ///   - times: The time stamps.
    ///   - count: How many steps go forward.
    package init(_ times: Times, count: Int) {
        self.times = times
        self.count = count
    }

    /// The step of a rank, from the shortest.
    ///
    /// - Parameter rank: Below the number of steps that go forward.
    /// - Returns: The step, in seconds.
    /// - Throws: What makes the time stamps unreadable.
    package mutating func step(ofRank rank: Int) throws(Times.Failure) -> Double {
        if count <= Self.mostSorted {
            if all.isEmpty { all = try steps(above: 0, bits: 0, count: count) }
            return all.select(rank)
        }
        var prefix: UInt64 = 0
        var rank = rank
        for settled in stride(from: 0, to: 64, by: 16) {
            var counts = [Int](repeating: 0, count: 1 << 16)
            let known = prefix
            try times.forEachStep { _, step in
                guard step > 0, settled == 0 || step.bitPattern >> UInt64(64 - settled) == known
                else { return }
                counts[Int(step.bitPattern >> UInt64(48 - settled) & 0xFFFF)] += 1
            }
            var bucket = 0
            while bucket < counts.count - 1, rank >= counts[bucket] {
                rank -= counts[bucket]
                bucket += 1
            }
            prefix = known << 16 | UInt64(bucket)
            if counts[bucket] <= Self.mostSorted, settled < 48 {
                var left = try steps(above: prefix, bits: settled + 16, count: counts[bucket])
                return left.select(rank)
            }
        }
        return Double(bitPattern: prefix)
    }

    /// The steps whose leading bits are given.
    private func steps(
        above prefix: UInt64, bits: Int, count: Int
    ) throws(Times.Failure) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(count)
        try times.forEachStep { _, step in
            if step > 0, bits == 0 || step.bitPattern >> UInt64(64 - bits) == prefix {
                result.append(step)
            }
        }
        return result
    }
}
