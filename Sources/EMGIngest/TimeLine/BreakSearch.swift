/// Finds the packets at which stamps leave the line for good.
///
/// Levels of stretches of 1, 3, 7, 31, … packets before and behind each packet are compared. Where
/// they differ by more than six standard deviations of what jitter does to stretches of that
/// length, and by more than rounding does, the place that splits both levels best is judged again
/// by medians, which one late packet does not move, over stretches of up to 127 packets: what
/// comes back to the line by then was late and is not missing.
struct BreakSearch {
    /// Differences of levels below these are none, in seconds.
    struct Limits: Sendable, Hashable {
        /// For stamps that are late from there on.
        var late: Double
        /// For stamps that are early from there on.
        var early: Double
    }

    let jitter: LevelJitter
    let limits: Limits
    let quantum: Double
    /// How well the period is known, in seconds.
    let periodUncertainty: Double
    let packetCount: Int

    /// Packets before which the recording is broken, in order.
    private(set) var breaks: [Int] = []
    /// How many are kept: a clock with more says nothing.
    static let mostBreaks = 100_000

    /// In standard deviations: beyond chance for a recording of a day.
    static let certainty = 6.0
    /// Fewer packets than this are not enough to tell late ones from missing ones.
    static let reliableLength = 7

    init(
        jitter: LevelJitter, limits: Limits, quantum: Double, periodUncertainty: Double,
        packetCount: Int
    ) {
        self.jitter = jitter
        self.limits = limits
        self.quantum = quantum
        self.periodUncertainty = periodUncertainty
        self.packetCount = packetCount
    }

    /// Looks at the next chunk.
    mutating func search(_ chunk: PacketChunk, period: Double) {
        var part = ChunkBreaks(chunk, period: period, search: self)
        for length in LevelJitter.lengths { part.search(length: length) }
        part.prune()
        breaks += part.found.lazy.filter { chunk.core.contains($0) }.map { $0 + chunk.first }
            .prefix(max(0, Self.mostBreaks - breaks.count))
    }
}
