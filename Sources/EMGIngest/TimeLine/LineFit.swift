private import Foundation

/// The line through packets: one slope for all segments between breaks, a level for each.
///
/// Least squares without the packets that are far off (three rounds). The standard error of the
/// slope is the largest of three: that of independent deviations; that of deviations which are
/// alike within an eighth or a 32nd of the recording (K.-Y. Liang and S. L. Zeger, Biometrika 73
/// (1986) 13–22), as of clocks that wander; and what rounding hides, which jitter averages out
/// only when it is as large as a step of the resolution (B. Widrow and I. Kollár, Quantization
/// Noise, 2008).
struct LineFit: Sendable {
    /// Seconds from sample to sample.
    private(set) var period: Double
    /// Its standard error by the deviations alone.
    private(set) var scatterError = 0.0
    /// Its standard error, rounding included.
    private(set) var standardError = 0.0
    /// The standard deviation of the packets from the line, in seconds.
    private(set) var deviation = 0.0

    /// One segment between breaks: sums over its packets, coordinates from its first packet on.
    private struct Segment {
        var sample = 0.0
        var time = 0.0
        var count = 0.0
        var sumX = 0.0
        var sumY = 0.0
        var sumXX = 0.0
        var sumXY = 0.0

        var meanX: Double { sumX / max(1, count) }
        var meanY: Double { sumY / max(1, count) }

        mutating func add(_ x: Double, _ y: Double) {
            count += 1
            sumX += x
            sumY += y
            sumXX += x * x
            sumXY += x * y
        }
    }

    private static let rounds = 3
    /// The finest parts that deviations are alike in; four of them make the coarser ones.
    private static let parts = 32

    /// Fits a line, going through the packets several times.
    ///
    /// - Parameters:
    ///   - points: The packets.
    ///   - breaks: Packets before which the recording is broken, in order.
    ///   - start: About the period.
    ///   - resolution: What stamps are rounded to.
    /// - Returns: The line.
    /// - Throws: What makes the time stamps unreadable.
    static func fit<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, breaks: [Int], start: Double,
        resolution: StampResolution
    ) throws(Times.Failure) -> LineFit {
        var line = LineFit(period: start)
        try line.fit(points, breaks: breaks, start: start, resolution: resolution)
        return line
    }

    private init(period: Double) {
        self.period = period
    }

    private mutating func fit<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, breaks: [Int], start: Double,
        resolution: StampResolution
    ) throws(Times.Failure) {
        var segments: [Segment] = []
        var limit = Double.infinity
        for round in 0..<Self.rounds {
            let before = segments
            let base = start
            let slope = period - start
            var next: [Segment] = []
            try Self.walk(points, breaks: breaks) { number, _, sample, time in
                if number == next.count { next.append(Segment(sample: sample, time: time)) }
                let x = sample - next[number].sample
                let y = time - next[number].time - base * x
                if round > 0 {
                    let mean = before[number]
                    let off = y - mean.meanY - slope * (x - mean.meanX)
                    if off.magnitude > limit, mean.count > 0 { return }
                }
                next[number].add(x, y)
            }
            segments = next
            let (squares, products) = segments.reduce((0.0, 0.0)) { sums, one in
                (
                    sums.0 + one.sumXX - one.sumX * one.meanX,
                    sums.1 + one.sumXY - one.sumX * one.meanY
                )
            }
            guard squares > 0 else { return }
            period = start + products / squares
            var distances = StrideSample()
            let slopeNow = period - start
            let now = segments
            try Self.walk(points, breaks: breaks) { number, _, sample, time in
                let one = now[number]
                let x = sample - one.sample
                let y = time - one.time - base * x
                distances.add((y - one.meanY - slopeNow * (x - one.meanX)).magnitude)
            }
            let middle = 1.4826 * distances.quantile(0.5)
            let sum = distances.values.reduce(0.0) { sum, distance in
                let kept = middle > 0 ? min(distance, 3 * middle) : distance
                return sum + kept * kept
            }
            let spread = (sum / Double(max(1, distances.values.count))).squareRoot()
            limit = 5 * max(middle, spread) + 1.5 * resolution.decimal
        }
        try settle(
            points, breaks: breaks, segments, start: start, limit: limit,
            resolution: resolution)
    }

    /// The errors of the slope that was found.
    private mutating func settle<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, breaks: [Int], _ segments: [Segment], start: Double,
        limit: Double, resolution: StampResolution
    ) throws(Times.Failure) {
        let slope = period - start
        var (count, squares, squaresX, distancesX) = (0.0, 0.0, 0.0, 0.0)
        var scores = [Double](repeating: 0, count: Self.parts)
        try Self.walk(points, breaks: breaks) { number, packet, sample, time in
            let one = segments[number]
            let x = sample - one.sample - one.meanX
            let y = time - one.time - start * (sample - one.sample) - one.meanY
            let off = y - slope * x
            squaresX += x * x
            distancesX += x.magnitude
            guard off.magnitude <= limit else { return }
            count += 1
            squares += off * off
            scores[packet * Self.parts / points.count] += x * off
        }
        let freedom = max(1, count - Double(segments.count) - 1)
        deviation = (squares / freedom).squareRoot()
        var variance = squares / freedom / squaresX
        for part in [1, Self.parts / 8] where points.count >= 4 * Self.parts / part {
            let sum = stride(from: 0, to: Self.parts, by: part).reduce(0.0) { sum, place in
                let score = scores[place..<place + part].reduce(0, +)
                return sum + score * score
            }
            let parts = Double(Self.parts / part)
            variance = max(variance, sum / (squaresX * squaresX) * parts / (parts - 2))
        }
        scatterError = variance.squareRoot()
        let step = resolution.seconds
        let averaged =
            2 * Double.pi * Double.pi
            * max(0, deviation * deviation / (step * step) - 0.25)
        let hidden = min(step, period)
        // Rounding moves a slope by distancesX / squaresX of half a step at most.
        let rounding = 0.2 * hidden * distancesX / (2 * squaresX) * exp(-averaged)
        standardError =
            (variance + rounding * rounding).squareRoot() + 1e-10 * period
    }

    /// Every packet, with the number of its segment.
    private static func walk<Times: TimeBlocks>(
        _ points: PacketPoints<Times>, breaks: [Int],
        _ body: (_ segment: Int, _ packet: Int, _ sample: Double, _ time: Double) -> Void
    ) throws(Times.Failure) {
        var segment = 0
        try points.forEachChunk { chunk in
            for index in chunk.core {
                let packet = chunk.first + index
                while segment < breaks.count, breaks[segment] <= packet { segment += 1 }
                body(segment, packet, chunk.samples[index], chunk.times[index])
            }
        }
    }
}
