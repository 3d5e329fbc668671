/// How long the pauses at breaks are.
///
/// The levels on both sides are compared over as many packets as tell most: many where jitter is
/// independent and the period is known well, few where clocks wander.
struct ShiftMeasure: Sendable {
    /// By how many seconds stamps leave the line at each break; below 0 when they go back.
    private(set) var shifts: [Double] = []
    /// The first sample behind each break.
    private(set) var samples: [Int] = []
    /// Whether the stamp itself goes back at each break.
    private(set) var goesBack: [Bool] = []

    /// Goes through the packets once.
    ///
    /// - Parameters:
    ///   - points: The packets.
    ///   - breaks: Packets before which the recording is broken, in order.
    ///   - period: Seconds from sample to sample.
    ///   - periodError: The standard error of that.
    ///   - jitter: Measured between the breaks.
    /// - Returns: The shift at each break.
    /// - Throws: What makes the time stamps unreadable.
    static func measure<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, breaks: [Int], period: Double, periodError: Double,
        jitter: LevelJitter
    ) throws(Times.Failure) -> ShiftMeasure {
        var measure = ShiftMeasure()
        guard !breaks.isEmpty else { return measure }
        var next = 0
        try points.forEachChunk { chunk in
            let grid = GridDeviations(chunk, period: period)
            let end = chunk.first + chunk.core.upperBound
            while next < breaks.count, breaks[next] < end {
                let place = breaks[next] - chunk.first
                let low = next > 0 ? max(0, breaks[next - 1] - chunk.first) : 0
                let high =
                    next + 1 < breaks.count
                    ? min(chunk.samples.count, breaks[next + 1] - chunk.first)
                    : chunk.samples.count
                measure.shifts.append(
                    Self.shift(grid.values, low: low, at: place, high: high, jitter: jitter) {
                        periodError * (chunk.samples[$1 - 1] - chunk.samples[$0]) / 2
                    })
                measure.samples.append(Int(chunk.samples[place - 1]) + 1)
                measure.goesBack.append(chunk.times[place] < chunk.times[place - 1])
                next += 1
            }
        }
        return measure
    }

    private static func shift(
        _ values: [Double], low: Int, at place: Int, high: Int, jitter: LevelJitter,
        tilt: (_ from: Int, _ to: Int) -> Double
    ) -> Double {
        var best: (spread: Double, shift: Double)?
        for length in LevelJitter.measuringLengths {
            let before = values[max(low, place - length)..<place]
            let behind = values[place..<min(high, place + length)]
            let equivalent = 2 / (1 / Double(before.count) + 1 / Double(behind.count))
            guard
                let spread = jitter.spread(length: length, equivalent: equivalent)
                    ?? (length == 1 ? .infinity : nil)
            else { continue }
            // An error of the period moves the levels of long segments apart.
            let error = tilt(before.startIndex, behind.endIndex)
            let total = (spread * spread + error * error).squareRoot()
            guard best.map({ total < $0.spread }) ?? true else { continue }
            best = (total, level(behind) - level(before))
        }
        return best?.shift ?? 0
    }

    /// The mean of what is within three standard deviations of the median.
    private static func level(_ values: ArraySlice<Double>) -> Double {
        let middle = values.median
        let limit = 3 * 1.4826 * values.map { ($0 - middle).magnitude }.median
        let near = values.filter { ($0 - middle).magnitude <= limit }
        return near.isEmpty ? middle : near.reduce(0, +) / Double(near.count)
    }
}
