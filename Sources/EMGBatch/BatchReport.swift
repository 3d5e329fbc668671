/// What came of a batch: one outcome for each input, in the order of the inputs.
public struct BatchReport: Sendable, Hashable {
    /// The outcomes.
    public let items: [BatchItem]
    /// What the user should know that concerns no single item.
    public let warnings: [String]

    /// Creates a report.
    public init(items: [BatchItem], warnings: [String] = []) {
        self.items = items
        self.warnings = warnings
    }

    /// How many inputs could not be used.
    public var refusedCount: Int {
        items.count { item in
            if case .refused = item.outcome { true } else { false }
        }
    }
}

/// One input of a batch and what came of it.
public struct BatchItem: Sendable, Hashable {
    /// What came of an input.
    public enum Outcome: Sendable, Hashable {
        /// The result was written.
        case written
        /// The result was there already, made from the same bytes in the same way.
        case upToDate
        /// The input could not be used: what is wrong, where, and what to do.
        case refused(reason: String)
    }

    /// The file, as the user named it, or the recording's id.
    public let input: String
    /// The id of the recording that was made; `nil` when none was.
    public let recording: String?
    /// What came of it.
    public let outcome: Outcome
    /// What the user should know about it.
    public let warnings: [String]

    /// Creates an item.
    ///
    /// - Parameters:
    ///   - input: The file or the recording's id.
    ///   - recording: The id of the recording that was made.
    ///   - outcome: What came of it.
    ///   - warnings: What the user should know about it.
    public init(
        input: String, recording: String?, outcome: Outcome, warnings: [String] = []
    ) {
        self.input = input
        self.recording = recording
        self.outcome = outcome
        self.warnings = warnings
    }
}
