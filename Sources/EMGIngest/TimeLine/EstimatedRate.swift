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
            let common = CommonRates.nearest(
                to: line.hertz, standardError: line.standardErrorHertz)
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
}
