internal import EMGSignal

extension SamplingRate {
    /// The rate that a header states.
    ///
    /// - Parameters:
    ///   - hertz: Samples a second.
    ///   - location: Where it stands.
    ///   - hint: What to do; what a rate may be when left out.
    /// - Returns: The rate.
    /// - Throws: ``IngestError`` when no recording has such a rate.
    static func stated(
        _ hertz: Double, at location: SourceLocation, hint: String? = nil
    ) throws(IngestError) -> SamplingRate {
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw IngestError(
                .inconsistent(expected: "a plausible sampling rate", found: "\(hertz) Hz"),
                at: location, hint: hint ?? error.hint)
        }
    }

    /// The sample nearest to a time in seconds from the first one, however far off it is.
    func sample(at seconds: Double) -> Int {
        Int(max(-9e15, min(9e15, (seconds * hertz).rounded(.toNearestOrAwayFromZero))))
    }
}
