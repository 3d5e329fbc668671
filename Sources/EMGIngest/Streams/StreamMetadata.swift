public import EMGSignal

/// What a source says of a recording before its samples.
public struct StreamMetadata: Sendable, Hashable {
    /// Where the labels come from.
    public enum Labels: Sendable, Hashable {
        /// There are none.
        case none
        /// Label value *i* means the class of this name.
        case classes([String])
        /// The rows have labels; ``StreamNotes/classNames`` says at the end what they mean.
        case knownAtEnd
    }

    /// Where the sampling rate comes from.
    public enum Rate: Sendable, Hashable {
        /// The source says so, at the place named, for example `header`, `attribute rate`.
        case declared(SamplingRate, by: String)
        /// The format has one rate and files do not say so.
        case assumed(SamplingRate, because: String)
        /// It must be estimated from time stamps or given by the caller; why, in words for the
        /// case that neither helps.
        case unknown(reason: String)
    }

    /// The name of the part; `nil` for the main one.
    public var part: String?
    /// The channels, in the order of the samples' columns, at least one; names are unique.
    public var channels: [Channel]
    /// The way back to the numbers of the source; `nil` when the samples are these numbers.
    public var scaling: ADCScaling?
    /// Where the sampling rate comes from. What the caller declares counts more.
    public var rate: Rate
    /// Where the labels come from.
    public var labels: Labels
    /// Whether rows have time stamps.
    public var hasTimeStamps: Bool
    /// The continuous quantities that each row has values of; not a number where unknown.
    public var targets: [TargetDescription] = []
    /// The number of rows, when it is known.
    public var sampleCount: Int?
    /// About how many rows there are, when the number is not known: for progress, and to make
    /// room.
    public var expectedCount: Int?
    /// What was read and assumed, for the recording's history: names in `lower_case` with units.
    public var details: [String: ProcessingStep.Value]
    /// Segments that the source marks as bad, reported before its samples; more may come in
    /// ``StreamNotes/quality``.
    public var quality: [QualityInterval] = []
    /// What is odd so far.
    public var warnings: [IngestWarning] = []
    /// What was done before, when the source is a recording of ours that keeps its history.
    public var history: [ProcessingStep] = []

    /// Creates the metadata of the main part of a source; everything else is set afterwards.
    ///
    /// - Parameters:
    ///   - channels: The channels, at least one; names are unique.
    ///   - rate: Where the sampling rate comes from.
    ///   - labels: Where the labels come from.
    ///   - hasTimeStamps: Whether rows have time stamps.
    ///   - sampleCount: The number of rows, when it is known.
    ///   - details: What was read and assumed, for the recording's history.
    public init(
        channels: [Channel], rate: Rate, labels: Labels = .none, hasTimeStamps: Bool = false,
        sampleCount: Int? = nil, details: [String: ProcessingStep.Value] = [:]
    ) {
        precondition(!channels.isEmpty, "a recording has at least one channel")
        self.channels = channels
        self.rate = rate
        self.labels = labels
        self.hasTimeStamps = hasTimeStamps
        self.sampleCount = sampleCount
        self.details = details
    }
}
