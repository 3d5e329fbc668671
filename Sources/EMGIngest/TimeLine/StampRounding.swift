/// What the resolution of time stamps does to the packets' deviations from their line.
struct StampRounding: Sendable {
    /// By how much rounding moves the stamp of a packet at most, in seconds.
    let quantum: Double
    /// From which deviations on stamps have left the line.
    let limits: BreakSearch.Limits

    /// - Parameters:
    ///   - resolution: What stamps are rounded to.
    ///   - period: Seconds from sample to sample.
    ///   - sizes: Samples a packet.
    ///   - hasClosePackets: Whether packets have stamps that differ.
    ///   - isExact: Whether packets stand on a grid of ticks: then one tick is missing samples.
    init(
        _ resolution: StampResolution, period: Double, sizes: PacketSizes,
        hasClosePackets: Bool, isExact: Bool
    ) {
        // Several samples within each tick of the clock: the last of them is within a sample of
        // the tick's end.
        let fillsTicks = !hasClosePackets && period * sizes.mean < 1.9 * resolution.decimal
        quantum = fillsTicks ? min(period, resolution.decimal) : resolution.decimal
        // A missing sample moves stamps by a period, rounding by up to a quantum.
        let smallest = 0.7 * period
        limits = BreakSearch.Limits(
            late: max(smallest, (isExact ? 0.7 : 1.3) * quantum),
            early: max(smallest, 1.3 * quantum))
    }
}
