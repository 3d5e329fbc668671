/// Samples a second: finite and above zero.
public struct SamplingRate: Sendable, Hashable {
    /// The rate in hertz.
    public let hertz: Double

    /// The highest rate taken for real: no EMG amplifier samples a million times a second.
    public static let highestPlausibleHertz = 1_000_000.0

    /// Creates a rate.
    ///
    /// - Parameter hertz: Finite, above 0 and at most ``highestPlausibleHertz``.
    /// - Throws: ``SignalError`` when it is not.
    public init(hertz: Double) throws(SignalError) {
        guard hertz.isFinite, hertz > 0, hertz <= Self.highestPlausibleHertz else {
            throw SignalError(
                .implausibleSamplingRate(found: hertz),
                hint: "give the rate in hertz, above 0 and at most 1,000,000")
        }
        self.hertz = hertz
    }

    /// One sample a second: what stands for a rate until it is known.
    package static let one = SamplingRate(valid: 1)

    private init(valid hertz: Double) { self.hertz = hertz }

    /// Rates estimated from time stamps scatter; more than this share apart they are two rates.
    package static let scatter = 0.005

    /// Whether two rates are one but for the scatter of their estimates.
    package func agrees(with other: SamplingRate) -> Bool {
        abs(hertz - other.hertz) <= Self.scatter * max(hertz, other.hertz)
    }

    /// The highest frequency that samples at this rate can hold, in hertz.
    public var nyquist: Double { hertz / 2 }

    /// The number of samples nearest to a duration; halves round away from zero.
    public func samples(inSeconds seconds: Double) -> Int {
        Int((seconds * hertz).rounded(.toNearestOrAwayFromZero))
    }

    /// The duration of a number of samples, in seconds.
    public func seconds(ofSamples count: Int) -> Double { Double(count) / hertz }
}
