public import EMGSignal

/// A recording while it is read: what its source says before the samples, then the rows.
///
/// Memory holds a block, however long the recording. A stream is used by one thread.
public protocol RecordingStream: AnyObject {
    /// What the source says before its samples.
    var metadata: StreamMetadata { get }

    /// Appends the next rows to a block.
    ///
    /// - Parameters:
    ///   - block: Receives samples; one label a row when the metadata has classes or says that
    ///     labels come; one finite time a row when it says that time stamps come; the targets of a
    ///     row when it has some.
    ///   - atMost: How many rows to append, at least 1; fewer may come.
    /// - Returns: Whether there were any: `false` at the end.
    /// - Throws: ``IngestError`` with the place of the first fault. Nothing more is read then.
    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool

    /// What is known when everything was read; asked once, after the last row.
    func finish() throws(IngestError) -> StreamNotes
}

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
    public var warnings: [IngestWarning]
    /// What was done before, when the source is a recording of ours that keeps its history.
    public var history: [ProcessingStep]

    /// Creates the metadata.
    public init(
        part: String? = nil, channels: [Channel], scaling: ADCScaling? = nil, rate: Rate,
        labels: Labels = .none, hasTimeStamps: Bool = false, sampleCount: Int? = nil,
        expectedCount: Int? = nil,
        details: [String: ProcessingStep.Value] = [:], warnings: [IngestWarning] = [],
        history: [ProcessingStep] = []
    ) {
        precondition(!channels.isEmpty, "a recording has at least one channel")
        self.part = part
        self.channels = channels
        self.scaling = scaling
        self.rate = rate
        self.labels = labels
        self.hasTimeStamps = hasTimeStamps
        self.sampleCount = sampleCount
        self.expectedCount = expectedCount
        self.details = details
        self.warnings = warnings
        self.history = history
    }
}

/// What is known of a recording when everything was read.
public struct StreamNotes: Sendable, Hashable {
    /// The classes, when the metadata said ``StreamMetadata/Labels/knownAtEnd``.
    public var classNames: [String]?
    /// What a label in the rows becomes: value *i* is replaced by `labelMap[i]`; `nil` when
    /// labels stay as they are.
    public var labelMap: [UInt8]?
    /// Segments that the source itself tells of: where rows are missing before a row (kind gap,
    /// one row long), or that are marked as bad.
    public var quality: [QualityInterval]
    /// The SHA-256 of the source's bytes when the stream took it on the way; `nil` otherwise.
    public var sha256: String?
    /// The lines of a text on which rows start; `nil` for other sources.
    public var lines: LineMap?
    /// More for the history.
    public var details: [String: ProcessingStep.Value]
    /// What was odd, in the order of the file.
    public var warnings: [IngestWarning]

    /// Creates notes.
    public init(
        classNames: [String]? = nil, labelMap: [UInt8]? = nil, quality: [QualityInterval] = [],
        sha256: String? = nil, lines: LineMap? = nil,
        details: [String: ProcessingStep.Value] = [:], warnings: [IngestWarning] = []
    ) {
        self.classNames = classNames
        self.labelMap = labelMap
        self.quality = quality
        self.sha256 = sha256
        self.lines = lines
        self.details = details
        self.warnings = warnings
    }
}
