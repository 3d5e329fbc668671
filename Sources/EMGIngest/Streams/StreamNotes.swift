public import EMGSignal

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

    /// Creates notes; the digest is set afterwards.
    ///
    /// - Parameters:
    ///   - classNames: The classes, when the metadata said ``StreamMetadata/Labels/knownAtEnd``.
    ///   - labelMap: What a label in the rows becomes; `nil` when labels stay as they are.
    ///   - quality: Segments that the source itself tells of.
    ///   - lines: The lines of a text on which rows start.
    ///   - details: More for the history.
    ///   - warnings: What was odd, in the order of the file.
    public init(
        classNames: [String]? = nil, labelMap: [UInt8]? = nil, quality: [QualityInterval] = [],
        lines: LineMap? = nil, details: [String: ProcessingStep.Value] = [:],
        warnings: [IngestWarning] = []
    ) {
        self.classNames = classNames
        self.labelMap = labelMap
        self.quality = quality
        self.lines = lines
        self.details = details
        self.warnings = warnings
    }
}
