/// What came of a batch, or of a shard's part of it: one outcome for each input, in the order of the
/// inputs.
public struct BatchReport: Sendable, Hashable, Codable {
    /// One item for each input, in the order of the inputs.
    public let items: [BatchItem]
    /// What the user should know that concerns no single item.
    public let warnings: [String]

    /// Whose part it is; `nil` for all inputs.
    package let part: Part?

    /// The part of a shard.
    package struct Part: Sendable, Hashable, Codable {
        /// Which shard, from 1.
        package let shard: Int
        /// How many there are.
        package let shards: Int
        /// How many inputs all of them have.
        package let inputs: Int
    }

    /// Creates a report of these items.
    package init(items: [BatchItem], warnings: [String] = [], part: Part? = nil) {
        self.items = items
        self.warnings = warnings
        self.part = part
    }

    /// How many inputs were done anew.
    public var writtenCount: Int { items.count { $0.outcome == .written } }

    /// How many inputs needed nothing.
    public var upToDateCount: Int { items.count { $0.outcome == .upToDate } }

    /// How many inputs were left out of the search.
    public var skippedCount: Int {
        items.count { item in
            if case .skipped = item.outcome { true } else { false }
        }
    }

    /// How many inputs could not be used.
    public var refusedCount: Int {
        items.count { item in
            if case .refused = item.outcome { true } else { false }
        }
    }
}
