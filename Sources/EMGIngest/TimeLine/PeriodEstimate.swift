/// The time between two samples before the line is fitted.
///
/// Samples over time is taken over spans of 1, 4, 16, … packets, without the spans that are off
/// by half a packet or more: gaps are in few of them. Over few packets jitter and the resolution
/// of the stamps scatter the spans, over many there are few spans; the one whose ratio is known
/// best is taken, unless a shorter one gives a clearly smaller period: then gaps are in most of
/// the longer ones.
struct PeriodEstimate: Sendable {
    /// Seconds from sample to sample; not above 0 when the stamps do not go forward.
    let seconds: Double
    /// How well that is known, in seconds.
    let uncertainty: Double
    /// How much slopes scatter, times the root of the samples they span: 0.8 for samples that come
    /// at random, far below over some span for a clock.
    let irregularity: Double

    /// Fewer packets do not distinguish chance from jitter.
    private static let fewestPackets = 512
    /// Fewer spans do not say how they scatter.
    private static let fewestSpans = 32
    private static let spans = [1, 4, 16, 64, 256, 1024]

    /// Spans of one length.
    private struct Span {
        var seconds = StrideSample()
        var samples = StrideSample()
        var anchor: (sample: Double, time: Double)?

        mutating func add(_ sample: Double, _ time: Double) {
            if let anchor {
                seconds.add(time - anchor.time)
                samples.add(sample - anchor.sample)
            }
            anchor = (sample, time)
        }
    }

    /// Goes through the packets once.
    ///
    /// - Parameters:
    ///   - points: At least two.
    ///   - resolution: What the stamps are rounded to.
    ///   - grid: The grid that the packets may stand on.
    /// - Returns: The period.
    /// - Throws: What makes the time stamps unreadable.
    static func measure<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, resolution: StampResolution, grid: TickGrid
    ) throws(Times.Failure) -> PeriodEstimate {
        let lengths = Self.spans.filter { $0 == 1 || points.count >= 16 * $0 }
        var spans = [Span](repeating: Span(), count: lengths.count)
        try points.forEachChunk { chunk in
            for index in chunk.core {
                for (place, length) in lengths.enumerated()
                where (chunk.first + index).isMultiple(of: length) {
                    spans[place].add(chunk.samples[index], chunk.times[index])
                }
            }
        }
        let ratios = zip(spans, lengths).map {
            Ratio(
                seconds: $0.seconds, samples: $0.samples, packets: $1,
                count: max(1, (points.count - 1) / $1), tick: resolution.decimal)
        }
        let stated = ratios.filter { points.count >= Self.fewestSpans * $0.packets }
        let irregularity =
            points.count < Self.fewestPackets ? 0 : stated.map(\.irregularity).min() ?? 0
        guard !grid.isExact, var best = ratios.min(by: { $0.uncertainty < $1.uncertainty }) else {
            return PeriodEstimate(
                seconds: grid.period, uncertainty: resolution.precision / points.sizes.mean,
                irregularity: irregularity)
        }
        for ratio in ratios where ratio.packets < best.packets {
            let chance =
                3.5
                * (ratio.uncertainty * ratio.uncertainty
                + best.uncertainty * best.uncertainty).squareRoot()
            if ratio.period < best.period - chance - 1e-3 * best.period {
                best = ratio
                break
            }
        }
        return PeriodEstimate(
            seconds: best.period, uncertainty: best.uncertainty, irregularity: irregularity)
    }

    /// Time by samples over spans of one length.
    private struct Ratio {
        let packets: Int
        let period: Double
        let uncertainty: Double
        let irregularity: Double

        init(
            seconds: StrideSample, samples: StrideSample, packets: Int, count: Int, tick: Double
        ) {
            self.packets = packets
            var slopes = StrideSample()
            for (time, length) in zip(seconds.values, samples.values) { slopes.add(time / length) }
            let median = slopes.quantile(0.5)
            let length = samples.quantile(0.5)
            func off(_ time: Double, _ length: Double) -> Double { time - median * length }
            var distances = StrideSample()
            for pair in zip(seconds.values, samples.values) {
                distances.add(off(pair.0, pair.1).magnitude)
            }
            let limit = max(
                0.5 * median * length / Double(packets), 2 * tick,
                4 * 1.4826 * distances.quantile(0.5))
            var (time, covered, squares, kept) = (0.0, 0.0, 0.0, 0.0)
            for pair in zip(seconds.values, samples.values) {
                let distance = off(pair.0, pair.1)
                guard distance.magnitude <= limit else { continue }
                time += pair.0
                covered += pair.1
                squares += distance * distance
                kept += 1
            }
            period = covered > 0 ? time / covered : median
            let scatter = (slopes.quantile(0.8) - slopes.quantile(0.2)) / 2
            let deviation = (squares / max(1, kept)).squareRoot() / length
            uncertainty =
                max(scatter, deviation, 0.4 * tick / length) / Double(count).squareRoot()
            irregularity = scatter / median * length.squareRoot()
        }
    }
}
