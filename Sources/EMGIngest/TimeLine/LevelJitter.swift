/// How much the levels of neighboring stretches of packets differ by jitter alone.
///
/// The level of a stretch is the mean deviation of its stamps from an even grid. Were jitter of
/// one packet independent of that of the next, levels of *w* packets would differ less by the
/// root of *w*; where clocks wander they do not. So it is measured for each length, over the
/// whole recording, robustly.
struct LevelJitter: Sendable {
    /// The lengths of stretches, in packets.
    static let lengths = [1, 3, 7, 31, 127, 511]

    /// What is known of stretches of one length.
    struct Level: Sendable, Hashable {
        /// The middle difference: an error of the period shows there.
        var center: Double
        /// The standard deviation of differences, in seconds.
        var spread: Double
    }

    private(set) var levels: [Int: Level] = [:]

    /// - Parameters:
    ///   - points: The packets.
    ///   - period: Seconds from sample to sample.
    ///   - quantum: By how much rounding moves a stamp, in seconds.
    ///   - precision: What a stamp can be told from its neighbors by, in seconds.
    ///   - breaks: Packets before which the recording is broken, in order: no stretch reaches
    ///     across one. `nil` when they are not known yet.
    /// - Throws: What makes the time stamps unreadable.
    init<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, period: Double, quantum: Double, precision: Double,
        breaks: [Int]? = nil
    ) throws(Times.Failure) {
        let lengths = Self.lengths.filter {
            breaks != nil ? points.count >= 2 * $0 : $0 == 1 || points.count >= 16 * $0
        }
        var differences = [StrideSample](repeating: StrideSample(), count: lengths.count)
        try points.forEachChunk { chunk in
            let grid = GridDeviations(chunk, period: period)
            for (place, length) in lengths.enumerated() {
                let first = max(chunk.core.lowerBound, length)
                let last = min(chunk.core.upperBound - 1, chunk.samples.count - length)
                guard first <= last else { continue }
                var next = 0
                for index in first...last {
                    if let breaks {
                        let packet = chunk.first + index
                        while next < breaks.count, breaks[next] <= packet - length { next += 1 }
                        if next < breaks.count, breaks[next] < packet + length { continue }
                    }
                    differences[place].add(grid.difference(at: index, length: length))
                }
            }
        }
        for (place, length) in lengths.enumerated() {
            let found = differences[place]
            guard found.values.count >= (breaks == nil ? 1 : length) else { continue }
            levels[length] =
                breaks == nil
                ? Self.robust(
                    found, length: length, quantum: quantum,
                    exact: max(1e-6 * period, 4 * precision))
                : Self.squared(found, length: length, period: period, quantum: quantum)
        }
    }

    /// Breaks are among the differences: middle values only.
    private static func robust(
        _ found: StrideSample, length: Int, quantum: Double, exact: Double
    ) -> Level {
        let center = found.quantile(0.5)
        var distances = StrideSample()
        for value in found.values { distances.add((value - center).magnitude) }
        let tail = distances.quantile(0.9)
        // Nine in ten are exactly alike: a clock that ticks with the samples.
        guard tail >= exact else { return Level(center: center, spread: exact / 100) }
        let spread = 1.4826 * distances.quantile(0.5)
        let rounding = quantum / Double(length).squareRoot()
        return Level(
            center: center,
            spread: max(
                spread, min(tail / 1.645, max(2 * spread, rounding)),
                tail < 5 * quantum ? 0.41 * rounding : 0))
    }

    /// No break is among the differences.
    private static func squared(
        _ found: StrideSample, length: Int, period: Double, quantum: Double
    ) -> Level {
        var distances = StrideSample()
        for value in found.values { distances.add(value.magnitude) }
        let limit = 6 * distances.quantile(0.5) + 1.5 * quantum
        let sum = found.values.reduce(0.0) { sum, value in
            let kept = min(value.magnitude, limit)
            return sum + kept * kept
        }
        return Level(
            center: 0,
            spread: max(
                (sum / Double(found.values.count)).squareRoot(), 1e-9 * period,
                quantum / Double(6 * length).squareRoot()))
    }

    /// What is known of the longest stretches up to a length, scaled to that length.
    func level(upTo length: Int) -> Level {
        let known = Self.lengths.last { $0 <= length && levels[$0] != nil } ?? 1
        guard let level = levels[known] else { return Level(center: 0, spread: 0) }
        let ratio = Double(length) / Double(known)
        // Breaks shift the middle difference, too: it does not hold for far longer stretches.
        return Level(
            center: ratio < 4 ? level.center * ratio : 0, spread: level.spread / ratio.squareRoot())
    }

    /// How well the difference of two stretches' levels is known.
    ///
    /// - Parameters:
    ///   - length: The length up to which the stretches reach.
    ///   - equivalent: The length of two equal stretches that tell as much as these two.
    /// - Returns: A standard deviation in seconds; `nil` when it is not known.
    func spread(length: Int, equivalent: Double) -> Double? {
        if let level = levels[length] {
            return level.spread * (Double(length) / equivalent).squareRoot()
        }
        let known = Self.lengths.filter { levels[$0] != nil }
        guard let last = known.last, known.count > 1, let longest = levels[last],
            let shorter = levels[known[known.count - 2]],
            longest.spread < 0.65 * shorter.spread
        else { return nil }
        // Levels get better with their length, so they do beyond what could be measured.
        return longest.spread * (Double(last) / equivalent).squareRoot()
    }
}

/// How far the packets of a chunk are off an even grid, and sums of that.
struct GridDeviations: Sendable {
    /// In seconds, one a packet.
    let values: [Double]
    /// The sum of all before each packet.
    let sums: [Double]

    init(_ chunk: PacketChunk, period: Double) {
        // From the first packet of the chunk on, so that long recordings lose no digits.
        let (sample, time) = (chunk.samples.first ?? 0, chunk.times.first ?? 0)
        var values: [Double] = []
        values.reserveCapacity(chunk.samples.count)
        var sums = [0.0]
        sums.reserveCapacity(chunk.samples.count + 1)
        var sum = 0.0
        for index in chunk.samples.indices {
            let value = chunk.times[index] - time - period * (chunk.samples[index] - sample)
            values.append(value)
            sum += value
            sums.append(sum)
        }
        self.values = values
        self.sums = sums
    }

    /// The mean of the packets from one on less that of as many before it.
    func difference(at index: Int, length: Int) -> Double {
        length == 1
            ? values[index] - values[index - 1]
            : (sums[index + length] - 2 * sums[index] + sums[index - length]) / Double(length)
    }
}
