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
    ///   - longestWithinPacket: The longest step between two samples of one packet, in seconds; 0
    ///     when stamps within a packet are equal.
    ///   - grid: The grid that packets may stand on: on an exact one, a tick is missing samples.
    init(
        _ resolution: StampResolution, period: Double, sizes: PacketSizes,
        longestWithinPacket: Double, grid: TickGrid
    ) {
        // Several samples within each tick of the clock: the last of them is within a sample of
        // the tick's end.
        let fillsTicks = longestWithinPacket == 0 && period * sizes.mean < 1.9 * resolution.decimal
        quantum = fillsTicks ? min(period, resolution.decimal) : resolution.decimal
        // A missing sample moves stamps by a period, rounding by up to a quantum.
        let smallest = 0.7 * period
        limits = BreakSearch.Limits(
            late: max(smallest, (grid.isExact ? 0.7 : 1.3) * quantum),
            early: max(smallest, 1.3 * quantum))
    }
}
