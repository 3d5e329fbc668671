/// What the resolution of time stamps does to the line through them.
struct StampRounding: Sendable {
    /// By how much rounding moves the stamp of a packet at most, in seconds.
    let quantum: Double

    private let resolution: StampResolution
    private let period: Double
    private let packetPeriod: Double

    init(
        _ resolution: StampResolution, period: Double, sizes: TimeLine.PacketSizes,
        hasClosePackets: Bool
    ) {
        self.resolution = resolution
        self.period = period
        packetPeriod = period * Double(sizes.typical)
        // Several samples within each tick of the clock: the last of them is within a sample of
        // the tick's end.
        let fillsTicks =
            !hasClosePackets && period * sizes.mean < 1.9 * resolution.decimal
        quantum = fillsTicks ? min(period, resolution.decimal) : resolution.decimal
    }

    /// From which deviations on stamps leave the line.
    ///
    /// Missing samples move stamps by a period at least, rounding by up to a quantum. Where
    /// packets are a whole number of ticks apart, rounding moves all stamps alike, and a step of
    /// one tick is a missing sample, unless the ticks are those of a clock that runs slightly
    /// slower: then such steps come again and again at one distance.
    func limits<Times: TimeBlocks>(
        _ points: PacketPoints<Times>
    ) throws(Times.Failure) -> BreakSearch.Limits {
        let smallest = 0.7 * period
        let limits = BreakSearch.Limits(
            late: max(smallest, 1.3 * quantum), early: max(smallest, 1.3 * quantum))
        let ticks = packetPeriod / resolution.seconds
        guard limits.late > smallest, (ticks - ticks.rounded()).magnitude < 1e-6 else {
            return limits
        }
        var (hasEarly, count) = (false, 0)
        var (lastTick, lastStep): (Int?, Int?) = (nil, nil)
        var (shortest, longest, distances) = (Int.max, 0, 0)
        var before: (sample: Double, time: Double)?
        try points.forEachChunk { chunk in
            for index in chunk.core {
                let point = (sample: chunk.samples[index], time: chunk.times[index])
                defer { before = point }
                guard let before else { continue }
                let late =
                    point.time - before.time - period * (point.sample - before.sample)
                if late < -resolution.seconds / 2 { hasEarly = true }
                guard late > resolution.seconds / 2 else { continue }
                let packet = chunk.first + index
                if late < 1.5 * quantum {
                    count += 1
                    if let lastTick, lastTick == lastStep {
                        distances += 1
                        shortest = min(shortest, packet - lastTick)
                        longest = max(longest, packet - lastTick)
                    }
                    lastTick = packet
                }
                lastStep = packet
            }
        }
        let isIrregular =
            count * 20 < points.count && distances >= 2
            && Double(longest) > 1.2 * Double(shortest) + 2
        guard !hasEarly, count <= 2 || isIrregular else { return limits }
        return BreakSearch.Limits(late: max(smallest, 0.7 * quantum), early: limits.early)
    }
}
