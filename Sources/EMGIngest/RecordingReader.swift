public import EMGSignal
public import Foundation

/// One raw format.
///
/// A reader is a value without state: it may be used from several threads. It never changes or
/// deletes what it reads, and it never guesses silently: what it assumed stands in the
/// recording's history, what is odd in the outcome's warnings. Formats that hold more than one
/// recording, and reading in pieces, are further requirements with a default; a reader of one
/// table of samples needs none of them.
public protocol RecordingReader: Sendable {
    /// The name on the command line and in histories, for example `roam-csv`.
    var formatName: String { get }

    /// Whether the beginning of a file is certainly of this format.
    ///
    /// - Parameter prefix: The first bytes of the file, at most
    ///   ``ReaderRegistry/prefixLength``.
    /// - Returns: Whether no other format begins like that.
    func recognizes(content prefix: [UInt8]) -> Bool

    /// Whether a file of that name is usually of this format; asked when no content tells.
    ///
    /// - Parameter fileName: The name without folders.
    /// - Returns: Whether the name is one of this format.
    func recognizes(fileName: String) -> Bool

    /// What a file says of itself before its samples.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - options: What the caller knows.
    /// - Returns: Channels, labels, time stamps, rate.
    /// - Throws: ``IngestError`` when it cannot be told.
    func header(of url: URL, options: ReadOptions) throws(IngestError) -> SourceHeader

    /// Reads a whole recording and looks at its quality.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - options: What the caller knows.
    /// - Returns: The recording and its warnings.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    func read(_ url: URL, options: ReadOptions) throws(IngestError) -> IngestOutcome
}

/// What a source says of itself before its samples.
public struct SourceHeader: Sendable, Hashable {
    /// The format's name.
    public let format: String
    /// The channels, in the order of the samples' columns.
    public let channels: [Channel]
    /// Whether samples carry labels.
    public let hasLabels: Bool
    /// Whether samples carry time stamps.
    public let hasTimeStamps: Bool
    /// The rate that the file declares; `nil` when it can only be estimated from time stamps.
    public let declaredRate: SamplingRate?

    /// Creates a header.
    public init(
        format: String, channels: [Channel], hasLabels: Bool, hasTimeStamps: Bool,
        declaredRate: SamplingRate?
    ) {
        self.format = format
        self.channels = channels
        self.hasLabels = hasLabels
        self.hasTimeStamps = hasTimeStamps
        self.declaredRate = declaredRate
    }
}

/// A recording that was read and what its user should know about it.
public struct IngestOutcome: Sendable, Hashable {
    /// The recording, its quality intervals filled in.
    public let recording: Recording
    /// What is odd about it, in the order of the file.
    public let warnings: [IngestWarning]

    /// Creates an outcome.
    public init(recording: Recording, warnings: [IngestWarning]) {
        self.recording = recording
        self.warnings = warnings
    }
}
