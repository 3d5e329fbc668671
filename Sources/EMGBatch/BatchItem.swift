public import ErrorReports

/// One input of a batch and what came of it.
public struct BatchItem: Sendable, Hashable {
    /// What came of an input.
    public enum Outcome: Sendable, Hashable {
        /// The result was written.
        case written
        /// The result was there already, made from the same bytes in the same way.
        case upToDate
        /// The input was left out of the search: why.
        case skipped(reason: String)
        /// The input could not be used: what is wrong, where, and what to do.
        case refused(ErrorReport)
    }

    /// The file, as the user named it, or the recording's id.
    public let input: String
    /// The ids of the recordings that were made or were there already.
    public let recordings: [String]
    /// Whether it was written, left as it was or refused, and why.
    public let outcome: Outcome
    /// What the user should know about it.
    public let warnings: [String]

    /// Creates an item.
    ///
    /// - Parameters:
    ///   - input: The file or the recording's id.
    ///   - recordings: The ids of the recordings that were made or were there already.
    ///   - outcome: What came of it.
    ///   - warnings: What the user should know about it.
    package init(
        input: String, recordings: [String] = [], outcome: Outcome, warnings: [String] = []
    ) {
        self.input = input
        self.recordings = recordings
        self.outcome = outcome
        self.warnings = warnings
    }
}

extension BatchItem: Codable {
    private enum Key: String, CodingKey {
        case input, recordings, result, reason, error, warnings
    }

    private enum Result: String, Codable {
        case written
        case upToDate = "up_to_date"
        case skipped, refused
    }

    /// Writes `input`, `result` (`written`, `up_to_date`, `skipped` or `refused`), `recordings`,
    /// `warnings`, for skipped inputs `reason` and for refused ones the parts of the `error`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(input, forKey: .input)
        try container.encode(recordings, forKey: .recordings)
        try container.encode(warnings, forKey: .warnings)
        switch outcome {
        case .written: try container.encode(Result.written, forKey: .result)
        case .upToDate: try container.encode(Result.upToDate, forKey: .result)
        case .skipped(let reason):
            try container.encode(Result.skipped, forKey: .result)
            try container.encode(reason, forKey: .reason)
        case .refused(let error):
            try container.encode(Result.refused, forKey: .result)
            try container.encode(error, forKey: .error)
        }
    }

    /// Reads what ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        input = try container.decode(String.self, forKey: .input)
        recordings = try container.decode([String].self, forKey: .recordings)
        warnings = try container.decode([String].self, forKey: .warnings)
        outcome =
            switch try container.decode(Result.self, forKey: .result) {
            case .written: .written
            case .upToDate: .upToDate
            case .skipped: .skipped(reason: try container.decode(String.self, forKey: .reason))
            case .refused: .refused(try container.decode(ErrorReport.self, forKey: .error))
            }
    }
}
