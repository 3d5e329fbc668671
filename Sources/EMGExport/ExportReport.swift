public import ErrorReports
public import Foundation

/// What came of an export: one item for each recording, in the order of the archive.
public struct ExportReport: Sendable, Hashable {
    /// The items.
    public let items: [ExportItem]

    /// Creates a report.
    public init(items: [ExportItem]) {
        self.items = items
    }

    /// How many recordings could not be written.
    public var refusedCount: Int {
        items.count { item in
            if case .refused = item.outcome { true } else { false }
        }
    }
}

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
    /// What came of it.
    public let outcome: Outcome
    /// What the format could not take over as it is, in words.
    public let notes: [String]

    /// Creates an item.
    ///
    /// - Parameters:
    ///   - recording: The recording's id.
    ///   - outcome: What came of it.
    ///   - notes: What the format could not take over as it is.
    public init(recording: String, outcome: Outcome, notes: [String] = []) {
        self.recording = recording
        self.outcome = outcome
        self.notes = notes
    }
}
