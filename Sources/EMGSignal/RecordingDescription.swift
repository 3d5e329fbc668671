/// Whose recording it is, how it was sampled, and how it came to be: what a recording in memory and
/// one in a file have in common.
public struct RecordingDescription: Sendable, Hashable {
    /// The person, the visit, the condition and the repetition.
    public var identity: RecordingIdentity
    /// The channels, in the order of the samples' columns.
    public var channels: [Channel]
    /// The rate the source declares or its time stamps give.
    public var samplingRate: SamplingRate
    /// The rate at which the samples really change, when held samples make it lower than
    /// ``samplingRate``; equal to it otherwise. Filter corners are checked against this one.
    public var effectiveRate: SamplingRate
    /// The quality problems by segment; none to begin with.
    public var quality: [QualityInterval] = []
    /// The file it came from.
    public var source: SourceFile
    /// The steps that made it, oldest first; none to begin with.
    public var history: [ProcessingStep] = []

    /// Creates the description of a recording whose samples change at its rate.
    ///
    /// - Parameters:
    ///   - identity: The person, the visit, the condition and the repetition.
    ///   - channels: One for each column of the samples.
    ///   - samplingRate: The rate the source declares or its time stamps give.
    ///   - source: The file it came from.
    public init(
        identity: RecordingIdentity, channels: [Channel], samplingRate: SamplingRate,
        source: SourceFile
    ) {
        self.identity = identity
        self.channels = channels
        self.samplingRate = samplingRate
        effectiveRate = samplingRate
        self.source = source
    }
}
