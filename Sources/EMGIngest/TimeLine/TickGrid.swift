/// Whether packets stand on an even grid of ticks, but for missing ones.
///
/// Where a packet lasts a whole number of ticks, rounding moves all stamps alike, and a step of one
/// tick more is a missing sample: 100 Hz in stamps of 10 ms. But a clock that runs slightly
/// slower, 99.97 Hz in the same stamps, makes such steps as well, again and again at one
/// distance. Most steps alike, none too short, hardly any between two ticks, and steps too long that are few or at uneven
/// distances speak for the first.
struct TickGrid: Sendable {
    /// The middle time from sample to sample in steps between neighboring packets, in seconds.
    let period: Double
    /// Whether the packets stand on a grid of that period.
    let isExact: Bool

    /// How many steps must be alike.
    private static let leastAlike = 0.7
    /// Nobody writes stamps with two decimals of a second only, so that ticks as long as this are
    /// the samples' own.
    private static let longestRounding = 2e-3
    /// Packets between two steps that are too long, on average: as clocks are not that wrong.
    private static let shortestBeat = 100

    /// Goes through the packets twice.
    ///
    /// - Parameters:
    ///   - points: At least two packets.
    ///   - resolution: What stamps are rounded to.
    /// - Returns: The period, and whether the packets stand on a grid of it.
    /// - Throws: What makes the time stamps unreadable.
    static func detect<Times: TimeBlocks>(
        in points: PacketPoints<Times>, resolution: StampResolution
    ) throws(Times.Failure) -> TickGrid {
        var slopes = StrideSample()
        try points.forEachStep { _, samples, seconds in slopes.add(seconds / samples) }
        let period = slopes.quantile(0.5)
        let exact = Swift.max(1e-6 * period, 4 * resolution.precision)
        let tick = resolution.decimal
        var (alike, early, odd, count) = (0, 0, 0, 0)
        var (shortest, longest, distances) = (Int.max, 0, 0)
        var last: (packet: Int, isTick: Bool)?
        var lastTick = 0
        try points.forEachStep { packet, samples, seconds in
            let late = seconds - period * samples
            if late.magnitude <= exact { alike += 1 }
            if late < -exact { early += 1 }
            let ticks = late / resolution.seconds
            if (ticks - ticks.rounded()).magnitude * resolution.seconds > exact { odd += 1 }
            guard late > resolution.seconds / 2 else { return }
            let isTick = late < 1.5 * tick
            if isTick {
                count += 1
                lastTick = packet
                if let last, last.isTick {
                    distances += 1
                    shortest = min(shortest, packet - last.packet)
                    longest = Swift.max(longest, packet - last.packet)
                }
            }
            last = (packet, isTick)
        }
        let steps = points.count - 1
        let isExact: Bool
        if Double(alike) < Self.leastAlike * Double(steps) || early > 0 || odd * 20 > steps {
            isExact = false
        } else if tick > 1.2 * period, tick <= Self.longestRounding {
            // Several samples a tick: less than a tick cannot be determined anyway.
            isExact = false
        } else if count == 2, distances == 1, tick <= Self.longestRounding {
            // Two alike: a beat leaves no more than its distance before and behind them.
            let firstTick = lastTick - longest
            isExact = firstTick > longest || points.count - lastTick > longest
        } else if count <= 2 {
            isExact = true
        } else if tick > Self.longestRounding, count * Self.shortestBeat > steps {
            isExact = true
        } else {
            isExact = distances >= 2 && Double(longest) > 1.2 * Double(shortest) + 2
        }
        return TickGrid(period: period, isExact: isExact)
    }
}
