public import ErrorReports
public import Foundation

/// One recording of an export and what came of it.
public struct ExportItem: Sendable, Hashable {
    /// What came of a recording.
    public enum Outcome: Sendable, Hashable {
        /// It was written to these files, the one with the samples first.
        case written(files: [URL])
        /// It could not be written: what is wrong and what to do.
        case refused(ErrorReport)
    }

    /// The recording's id.
    public let recording: String
    /// Whether it was written, left as it was or refused, and why.
    public let outcome: Outcome
    /// What the format could not take over as it is, in words.
    public let notes: [String]

    /// Creates an item.
    ///
    /// - Parameters:
    ///   - recording: The recording's id.
    ///   - outcome: What came of it.
    ///   - notes: What the format could not take over as it is.
    package init(recording: String, outcome: Outcome, notes: [String] = []) {
        self.recording = recording
        self.outcome = outcome
        self.notes = notes
    }
}
