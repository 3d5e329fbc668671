package import EMGSignal

/// The sampling rate of a recording and how it is known.
package struct EstimatedRate: Sendable, Hashable {
    /// The rate.
    package let rate: SamplingRate
    /// How it is known, in words: `declared` by the caller, by the source, from time stamps.
    package let origin: String
    /// What the time stamps give before rounding; `nil` without time stamps that say something.
    package let measured: TimeLine.Line?

    /// Settles the rate of a recording.
    ///
    /// - Parameters:
    ///   - claim: What the source says.
    ///   - options: What the caller says; it counts most.
    ///   - timeLine: What the time stamps say.
    ///   - location: The file.
    /// - Throws: ``IngestError`` when neither tells a plausible rate.
    package init(
        _ claim: StreamMetadata.Rate, options: ReadOptions, timeLine: TimeLine?,
        at location: SourceLocation
    ) throws(IngestError) {
        measured = timeLine?.line
        let hertz: Double
        if let declared = options.samplingRateHertz {
            hertz = declared
            origin = "declared"
        } else if case .declared(let rate, let place) = claim {
            hertz = rate.hertz
            origin = "declared by \(place)"
        } else if case .assumed(let rate, let reason) = claim {
            hertz = rate.hertz
            origin = "assumed: \(reason)"
        } else if let line = timeLine?.line {
            guard Self.plausibleHertz.contains(line.hertz) else {
                throw IngestError(
                    .unknownRate(
                        reason: "the time stamps step by \((1 / line.hertz).briefSeconds)"),
                    at: location,
                    hint: "the time stamps may be in another unit than the template says; "
                        + "or say the rate (--rate)")
            }
            let common = Self.commonRate(for: line)
            hertz = common ?? line.hertz
            origin = Self.stampsOrigin + (common == nil ? "" : ", nearest common rate")
        } else {
            var reason = "there are no two samples with time stamps that go forward"
            if case .unknown(let stated) = claim { reason = stated }
            throw IngestError(
                .unknownRate(reason: timeLine?.silence ?? reason), at: location,
                hint: "say the rate (--rate)")
        }
        do throws(SignalError) {
            rate = try SamplingRate(hertz: hertz)
        } catch {
            throw IngestError(
                .unknownRate(reason: "\(hertz.brief) Hz is not plausible"), at: location,
                hint: "\(error.hint); or say the rate (--rate)")
        }
    }

    /// How the origin begins of a rate that the time stamps tell.
    static let stampsOrigin = "time stamps"

    /// No EMG is sampled more slowly or faster than this; stamps that say so are in another unit.
    private static let plausibleHertz = 2.0...48_000.0

    /// The common rate, or else the whole number of hertz, that a measured one may be by its own
    /// standard error: so that recordings of one device have one rate.
    ///
    /// Only a rate that is known far better than to a hertz is compared with whole numbers, as
    /// any other has one nearby.
    static func commonRate(for line: TimeLine.Line) -> Double? {
        func distance(_ hertz: Double) -> Double { (hertz - line.hertz).magnitude }
        if let nearest = commonRates.min(by: { distance($0) < distance($1) }),
            distance(nearest) <= min(3 * line.standardErrorHertz, 0.005 * nearest)
        {
            return nearest
        }
        let whole = line.hertz.rounded()
        return line.standardErrorHertz <= 0.02 && distance(whole) <= 2 * line.standardErrorHertz
            ? whole : nil
    }

    /// Rates in hertz that EMG hardware runs at, among them the fractions of Delsys Trigno
    /// (1925.926 Hz is 2000 · 26/27).
    private static let commonRates: [Double] = [
        10, 20, 25, 50, 100, 125, 4_000.0 / 27, 150, 160, 200, 250, 256, 300, 10_000.0 / 27, 400,
        500, 512, 600, 750, 800, 1_000, 1_024, 10_000.0 / 9, 1_200, 1_250, 34_000.0 / 27, 1_500,
        1_600, 1_920, 52_000.0 / 27, 2_000, 2_048, 58_000.0 / 27, 2_400, 2_500, 3_000, 3_200,
        4_000, 4_096, 5_000, 8_000, 8_192, 10_000, 10_240, 16_000, 20_000, 30_000,
    ]
}
