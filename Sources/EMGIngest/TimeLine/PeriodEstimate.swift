/// The time between two samples as the middle one of many slopes, before the line is fitted.
///
/// Slopes over 1, 4, 16, … packets are compared: over few packets jitter and the resolution of
/// the stamps scatter them, over many there are few, and gaps bend more of them. The span whose
/// median is known best is taken. Breaks bend few slopes and move no median.
struct PeriodEstimate: Sendable {
    /// Seconds from sample to sample; not above 0 when the stamps do not go forward.
    let seconds: Double
    /// How well that is known, in seconds.
    let uncertainty: Double
    /// How much slopes scatter, times the root of the samples they span: 0.8 for samples that come
    /// at random, far below over some span for a clock.
    let irregularity: Double

    /// Fewer packets do not tell chance from jitter.
    private static let fewestPackets = 256
    private static let spans = [1, 4, 16, 64, 256, 1024]

    /// - Parameters:
    ///   - points: At least two.
    ///   - resolution: What the stamps are rounded to, in seconds.
    /// - Throws: What makes the time stamps unreadable.
    init<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, resolution: Double
    ) throws(Times.Failure) {
        let spans = Self.spans.filter { $0 == 1 || points.count >= 16 * $0 }
        var slopes = [StrideSample](repeating: StrideSample(), count: spans.count)
        var lengths = slopes
        var anchors = [(sample: Double, time: Double)?](repeating: nil, count: spans.count)
        try points.forEachChunk { chunk in
            for index in chunk.core {
                for (place, span) in spans.enumerated()
                where (chunk.first + index).isMultiple(of: span) {
                    let point = (sample: chunk.samples[index], time: chunk.times[index])
                    if let anchor = anchors[place] {
                        let length = point.sample - anchor.sample
                        slopes[place].add((point.time - anchor.time) / length)
                        lengths[place].add(length)
                    }
                    anchors[place] = point
                }
            }
        }
        var best: (uncertainty: Double, median: Double)?
        var irregularity = Double.infinity
        for (place, span) in spans.enumerated() {
            let count = points.count / span
            let median = slopes[place].quantile(0.5)
            let scatter = (slopes[place].quantile(0.8) - slopes[place].quantile(0.2)) / 2
            // Over few packets jitter looks like chance, and gaps bend long spans.
            let relative = scatter / median * lengths[place].quantile(0.5).squareRoot()
            irregularity = min(irregularity, relative)
            let rounding = 0.4 * resolution / lengths[place].quantile(0.5)
            let uncertainty = max(scatter, rounding) / Double(count).squareRoot()
            if uncertainty < best?.uncertainty ?? .infinity { best = (uncertainty, median) }
        }
        seconds = best?.median ?? 0
        uncertainty = best?.uncertainty ?? 0
        self.irregularity = points.count < Self.fewestPackets ? 0 : irregularity
    }
}
