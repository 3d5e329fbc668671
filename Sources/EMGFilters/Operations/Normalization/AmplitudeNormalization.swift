package import Documents
package import EMGSignal

/// What amplitudes are divided by, so that persons and electrodes compare: a method of the stage
/// ``Normalize``. Which numbers that were is recorded in a recording's history.
package protocol AmplitudeNormalization: DescribedKind, ChannelOperation, Hashable {
    /// The numbers that go into the history of recordings.
    var parameters: [String: ProcessingStep.Value] { get }

    /// The recording that amplitudes are to be measured in; `nil` for most methods, and for one
    /// that is fitted.
    var reference: StageReference? { get }

    /// What is taken off the samples of a channel, and what they are divided by then.
    ///
    /// - Parameters:
    ///   - samples: The channel.
    ///   - ranges: What of it the numbers may be fitted to.
    ///   - channel: Which channel of the recording it is.
    /// - Returns: Both numbers, in the signal's unit. A divisor that is not above 0, as for a
    ///   channel that does not move, counts as 1.
    func fit(
        _ samples: Span<Double>, ranges: [SampleRange], channel: Int
    ) -> (offset: Double, divisor: Double)

    /// The method with the amplitudes of the recording that ``reference`` names.
    ///
    /// - Parameter recording: Its samples, having passed the stages before.
    /// - Returns: The method, without a reference.
    /// - Throws: ``FilterError`` for a channel without an amplitude.
    func fitted(on recording: ReferenceSamples) throws(FilterError) -> Self

    /// Refuses numbers that no amplitude has.
    func check() throws(FilterError)

    /// Refuses recordings without an amplitude for each channel.
    ///
    /// - Parameter channelCount: How many channels they have.
    /// - Throws: ``FilterError`` that says why.
    func check(channelCount: Int) throws(FilterError)
}

extension AmplitudeNormalization {
    /// It needs no other recording.
    package var reference: StageReference? { nil }
    /// There is nothing to measure elsewhere.
    package func fitted(on recording: ReferenceSamples) throws(FilterError) -> Self { self }
    /// It has no numbers.
    package func check() throws(FilterError) {}
    /// Any number of channels will do.
    package func check(channelCount: Int) throws(FilterError) {}

    /// Fits the amplitude to some samples of a channel and divides all of them by it. A channel
    /// without a sample to fit to stays as it is.
    package func apply(
        _ samples: inout MutableSpan<Double>, segments: [SampleRange],
        fitRanges: [SampleRange], channel: Int
    ) -> [String: Double] {
        var (offset, divisor) = fit(samples.span, ranges: fitRanges, channel: channel)
        // A channel that does not move stays as it is rather than become infinite.
        if !(divisor > 0) { divisor = 1 }
        for segment in segments {
            for index in segment.indices { samples[index] = (samples[index] - offset) / divisor }
        }
        return offset == 0
            ? ["fitted_divisor": divisor] : ["fitted_offset": offset, "fitted_divisor": divisor]
    }
}
