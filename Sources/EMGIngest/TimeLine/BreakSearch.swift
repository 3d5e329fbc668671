/// Finds the packets at which stamps leave the line for good.
///
/// Levels of segments of 1, 3, 7, 31, … packets before and behind each packet are compared. Where
/// they differ by more than six standard deviations of what jitter does to segments of that
/// length, and by more than rounding does, the place that splits both levels best is examined again
/// by medians, which one late packet does not move, over segments of up to 127 packets: what
/// comes back to the line by then was late and is not missing.
struct BreakSearch {
    /// Differences of levels below these are none, in seconds.
    struct Limits: Sendable, Hashable {
        /// For stamps that are late from there on.
        var late: Double
        /// For stamps that are early from there on.
        var early: Double
    }

    /// What jitter does, as far as it is known.
    private(set) var jitter = LevelJitter()
    /// From which deviations on stamps have left the line.
    let limits: Limits
    /// By how much rounding moves a stamp, in seconds.
    let quantum: Double
    /// How many packets there are.
    let packetCount: Int
    /// Seconds from sample to sample.
    private(set) var period: Double
    /// How well that is known.
    private(set) var periodUncertainty: Double

    /// Packets before which the recording is broken, in order.
    private(set) var breaks: [Int] = []
    /// The largest step of a packet that came back to the line.
    private(set) var largestReturn = 0.0

    /// How many are kept: a clock with more says nothing.
    static let mostBreaks = 100_000
    /// In standard deviations: beyond chance for a recording of a day.
    static let certainty = 6.0
    /// Fewer packets than this are not enough to tell late ones from missing ones.
    static let reliableLength = 7

    /// Finds the breaks, going through the packets several times.
    ///
    /// - Parameters:
    ///   - points: The packets.
    ///   - estimate: About the period.
    ///   - rounding: What rounding does.
    ///   - resolution: What stamps are rounded to.
    /// - Returns: The breaks, and what was learned of the period on the way.
    /// - Throws: What makes the time stamps unreadable.
    static func search<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, estimate: PeriodEstimate, rounding: StampRounding,
        resolution: StampResolution
    ) throws(Times.Failure) -> BreakSearch {
        var search = BreakSearch(rounding, estimate, packetCount: points.count)
        try search.search(points, resolution: resolution)
        return search
    }

    private init(_ rounding: StampRounding, _ estimate: PeriodEstimate, packetCount: Int) {
        limits = rounding.limits
        quantum = rounding.quantum
        self.packetCount = packetCount
        period = estimate.seconds
        periodUncertainty = estimate.uncertainty
    }

    private mutating func search<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, resolution: StampResolution
    ) throws(Times.Failure) {
        for length in LevelJitter.lengths where length == 1 || points.count >= 4 * length {
            if length == LevelJitter.longLength {
                // Long segments show errors of the period that short ones do not.
                let fit = try LineFit.fit(
                    points, breaks: breaks, start: period, resolution: resolution)
                if fit.period > 0 {
                    period = fit.period
                    periodUncertainty = fit.standardError
                }
            }
            try jitter.measure(
                length, points, breaks: breaks,
                scale: LevelJitter.Scale(
                    period: period, quantum: quantum, resolution: resolution))
            guard jitter.level(of: length) != nil else { continue }
            try pass(points) { $0.search(length: length) }
        }
        try pass(points) { $0.prune() }
    }

    /// Goes through the chunks once and takes the breaks that are found in each.
    private mutating func pass<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, _ work: (inout ChunkBreaks) -> Void
    ) throws(Times.Failure) {
        var found: [Int] = []
        var search = self
        try points.forEachChunk { chunk in
            var part = ChunkBreaks(chunk, search: search)
            work(&part)
            search.largestReturn = max(search.largestReturn, part.largestReturn)
            found += part.found.lazy.filter { chunk.core.contains($0) }
                .map { $0 + chunk.first }
        }
        largestReturn = search.largestReturn
        breaks = Array(found.prefix(Self.mostBreaks))
    }
}
