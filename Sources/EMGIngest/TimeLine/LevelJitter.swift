/// How much the levels of neighboring segments of packets differ by jitter alone.
///
/// The level of a segment is the mean deviation of its stamps from an even grid. Were jitter of
/// one packet independent of that of the next, levels of *w* packets would differ less by the
/// root of *w*; where clocks wander they do not. So it is measured for each length, over the
/// whole recording between the breaks that are known.
struct LevelJitter: Sendable {
    /// The lengths of segments, in packets.
    static let lengths = [1, 3, 7, 31, 127, 511]
    /// The lengths of segments that tell how long a gap is.
    static let measuringLengths = [1, 3, 7, 15, 31, 63, 127, 255, 511]
    /// From this length on an error of the period is seen in the differences.
    static let longLength = 31

    /// What is known of segments of one length.
    private struct Level: Sendable {
        /// The middle difference: an error of the period shows there.
        var center: Double
        /// The standard deviation of differences, in seconds.
        var spread: Double
    }

    /// What does not depend on the length.
    struct Scale: Sendable {
        /// Seconds from sample to sample.
        var period: Double
        /// By how much rounding moves a stamp, in seconds.
        var quantum: Double
        /// What stamps are rounded to.
        var resolution: StampResolution
    }

    private var levels: [Int: Level] = [:]

    /// Measures segments of a length while breaks may be unknown: middle values only.
    ///
    /// - Parameters:
    ///   - length: The length.
    ///   - points: The packets.
    ///   - breaks: Packets before which the recording is broken, in order: no segment reaches
    ///     across one.
    ///   - scale: The grid.
    /// - Throws: What makes the time stamps unreadable.
    mutating func measure<Times: TimeBlocks>(
        _ length: Int, _ points: PacketPoints<Times>, breaks: [Int], scale: Scale
    ) throws(Times.Failure) {
        let isLong = length >= Self.longLength
        guard length == 1 || points.count >= (isLong ? 16 : 4) * length else { return }
        let found = try points.differences(length, breaks: breaks, period: scale.period)
        guard found.values.count >= (breaks.isEmpty ? 1 : length) else { return }
        let center = isLong ? found.quantile(0.5) : 0
        var distances = StrideSample()
        for value in found.values { distances.add((value - center).magnitude) }
        let tail = distances.quantile(0.9) / 1.645
        let precision = scale.resolution.precision
        // Nine in ten are exactly alike: a clock that ticks with the samples.
        guard tail >= max(1e-6 * scale.period, 4 * precision) else {
            levels[length] = Level(center: center, spread: max(1e-9 * scale.period, precision))
            return
        }
        let spread = 1.4826 * distances.quantile(0.5)
        let root = Double(length).squareRoot()
        let tick = scale.resolution.decimal
        levels[length] = Level(
            center: center,
            spread: max(
                spread, min(tail, max(2 * spread, scale.quantum / root)),
                tail < 5 * tick ? 0.41 * tick / root : 0))
    }

    /// Measures segments of all lengths when every break is known.
    ///
    /// - Parameters:
    ///   - points: The packets.
    ///   - breaks: Packets before which the recording is broken, in order.
    ///   - scale: The grid.
    /// - Throws: What makes the time stamps unreadable.
    mutating func measureAll<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, breaks: [Int], scale: Scale
    ) throws(Times.Failure) {
        levels = [:]
        for length in Self.measuringLengths where points.count >= 2 * length {
            let found = try points.differences(length, breaks: breaks, period: scale.period)
            guard found.values.count >= length else { continue }
            var distances = StrideSample()
            for value in found.values { distances.add(value.magnitude) }
            let limit = 6 * distances.quantile(0.5) + 1.5 * scale.quantum
            let sum = found.values.reduce(0.0) { sum, value in
                let kept = min(value.magnitude, limit)
                return sum + kept * kept
            }
            levels[length] = Level(
                center: 0,
                spread: max(
                    (sum / Double(found.values.count)).squareRoot(), 1e-9 * scale.period,
                    scale.quantum / Double(6 * length).squareRoot()))
        }
    }

    /// What was measured for a length; `nil` when the recording is too short for it.
    func level(of length: Int) -> (center: Double, spread: Double)? {
        levels[length].map { ($0.center, $0.spread) }
    }

    /// What is known of the longest segments up to a length, scaled to that length.
    func level(upTo length: Int) -> (center: Double, spread: Double) {
        let known = Self.lengths.last { $0 <= length && levels[$0] != nil } ?? 1
        guard let level = levels[known] else { return (0, 0) }
        let ratio = Double(length) / Double(known)
        // Breaks shift the middle difference, too: it does not hold for far longer segments.
        return (ratio < 4 ? level.center * ratio : 0, level.spread / ratio.squareRoot())
    }

    /// How well the difference of two segments' levels is known.
    ///
    /// - Parameters:
    ///   - length: The length up to which the segments reach.
    ///   - equivalent: The length of two equal segments that tell as much as these two.
    /// - Returns: A standard deviation in seconds; `nil` when it is not known.
    func spread(length: Int, equivalent: Double) -> Double? {
        if let level = levels[length] {
            return level.spread * (Double(length) / equivalent).squareRoot()
        }
        let known = Self.measuringLengths.filter { levels[$0] != nil }
        guard let last = known.last, known.count > 1, let longest = levels[last],
            let shorter = levels[known[known.count - 2]],
            longest.spread < 0.85 * shorter.spread
        else { return nil }
        // Levels get better with their length, so they do beyond what could be measured.
        return longest.spread * (Double(last) / equivalent).squareRoot()
    }
}

extension PacketPoints {
    /// The level of as many packets from each packet on, less that of as many before it.
    ///
    /// - Parameters:
    ///   - length: How many packets.
    ///   - breaks: Packets that no segment reaches across.
    ///   - period: Seconds from sample to sample.
    /// - Returns: The differences in seconds, or every second, fourth, … of them.
    /// - Throws: What makes the time stamps unreadable.
    fileprivate func differences(
        _ length: Int, breaks: [Int], period: Double
    ) throws(Times.Failure) -> StrideSample {
        var differences = StrideSample()
        try forEachChunk { chunk in
            let grid = GridDeviations(chunk, period: period)
            let first = Swift.max(chunk.core.lowerBound, length)
            let last = min(chunk.core.upperBound - 1, chunk.samples.count - length)
            guard first <= last else { return }
            var next = 0
            for index in first...last {
                let packet = chunk.first + index
                while next < breaks.count, breaks[next] <= packet - length { next += 1 }
                if next < breaks.count, breaks[next] < packet + length { continue }
                differences.add(grid.difference(at: index, length: length))
            }
        }
        return differences
    }
}
