package import EMGSignal

/// A change of sampling rate by a ratio of whole numbers: zeros put between, a low-pass against
/// aliases, samples left out, without computing what is left out (polyphase).
///
/// The filter is that of `scipy.signal.resample_poly`: a windowed sinc (Kaiser, β 5) of
/// `20 · max(up, down) + 1` samples at the higher rate, its half-amplitude cut-off at the lower
/// Nyquist.
public struct Resampler: Sendable, Hashable {
    /// The factor up, in lowest terms.
    package let up: Int
    /// The factor down, in lowest terms.
    package let down: Int
    /// The rate that was wanted; `nil` when factors were.
    private(set) var target: SamplingRate?
    /// The weights at `up` times the rate.
    private let taps: [Double]

    /// The largest factor.
    static let largestFactor = 100_000

    /// Creates a change of rate.
    ///
    /// - Parameters:
    ///   - up: The factor up, at least 1.
    ///   - down: The factor down, at least 1.
    /// - Throws: ``FilterError`` for factors that cannot be, in lowest terms.
    public init(up: Int, down: Int) throws(FilterError) {
        for factor in [up, down] where factor < 1 {
            throw FilterError(
                .unusableParameter(
                    name: "a resampling factor", expected: "at least 1", found: Double(factor)),
                hint: "2 to 5 makes 800 Hz of 2000 Hz")
        }
        let divisor = Self.divisor(up, down)
        self.up = up / divisor
        self.down = down / divisor
        let larger = max(self.up, self.down)
        guard larger <= Self.largestFactor else {
            throw FilterError(
                .unusableParameter(
                    name: "a resampling factor in lowest terms",
                    expected: "at most \(Self.largestFactor)", found: Double(larger)),
                hint: "choose rates with a simpler ratio")
        }
        taps =
            larger == 1
            ? [1]
            : FIRDesign.firwin(
                bands: [(0, 1 / Double(larger))], length: 20 * larger + 1, window: .kaiser(beta: 5)
            ).map { [up = Double(self.up)] in $0 * up }
    }

    /// The change from one rate to another: by the exact ratio, or one that is off by
    /// ``RateRatio/tolerance`` at most, so that what comes out counts as the rate that was wanted.
    package static func ratio(
        from rate: SamplingRate, to target: SamplingRate
    ) throws(FilterError) -> Resampler {
        let ratio = try RateRatio(from: rate, to: target)
        var change = try Resampler(up: ratio.up, down: ratio.down)
        change.target = target
        return change
    }

    /// How far the exact result is from the wanted rate, in parts of it; 0 when no rate was wanted.
    package func deviation(from rate: SamplingRate) -> Double {
        guard let target else { return 0 }
        let deviation = exactHertz(from: rate) / target.hertz - 1
        // Doubles of the same rate differ in the last digit.
        return abs(deviation) < 1e-12 ? 0 : deviation
    }

    /// The rate that comes out by the ratio itself.
    func exactHertz(from rate: SamplingRate) -> Double {
        rate.hertz * Double(up) / Double(down)
    }

    static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

    /// Samples of the input that a result depends on, to each side.
    package var reach: Int { (taps.count / 2 + up - 1) / up }

    /// How many samples `count` become: enough to cover the same time.
    package func count(of count: Int) -> Int { (count * up + down - 1) / down }

    /// Where a range of samples lies after the change: all that touches it.
    package func range(of range: SampleRange) -> SampleRange {
        SampleRange(
            start: range.start * up / down, end: max(range.start * up / down, count(of: range.end)))
    }

    /// Resamples a segment.
    ///
    /// - Parameters:
    ///   - samples: The segment.
    ///   - edges: How it is continued beyond its ends; scipy's default is ``EdgePolicy/none``.
    /// - Returns: ``count(of:)`` samples, the first at the time of the first.
    package func apply(_ samples: [Double], edges: EdgePolicy = .oddReflection) -> [Double] {
        apply(samples, from: 0, edges: edges, count: count(of: samples.count))
    }

    /// Results for a segment that begins at sample `start` of a signal: those at or after it.
    func apply(
        _ samples: [Double], from start: Int, edges: EdgePolicy, count: Int
    ) -> [Double] {
        guard !samples.isEmpty, count > 0 else { return [] }
        let reach = reach
        let length = samples.count
        let before = edges.continuation(count: reach, length: length) { samples[$0] }
        let after = edges.continuation(count: reach, length: length) { samples[length - 1 - $0] }
        let extended = before.reversed() + samples + after
        let half = taps.count / 2
        let first = (start * up + down - 1) / down
        return (0..<count).map { index in
            // The result's place at the high rate, counted from the segment's first sample.
            let place = (first + index) * down - start * up
            let lowest = max(-reach, (place - half + up - 1 + reach * up) / up - reach)
            let highest = min(length - 1 + reach, (place + half) / up)
            var sum = 0.0
            var tap = place - lowest * up + half
            for sample in stride(from: lowest, through: highest, by: 1) {
                sum += extended[sample + reach] * taps[tap]
                tap -= up
            }
            return sum
        }
    }
}
