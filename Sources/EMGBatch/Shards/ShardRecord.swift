internal import Foundation
package import Sharding

/// What a shard did, as it wrote it at its end.
package struct ShardRecord: Sendable, Hashable {
    /// An input of the list and what came of it.
    package struct Entry: Sendable, Hashable {
        /// Its place in the list, from 0.
        package let number: Int
        /// Its size in bytes.
        package let bytes: Int
        /// What came of it.
        package let item: BatchItem
    }

    /// `convert` or `filter`.
    package let step: String
    /// Which part.
    package let shard: Shard
    /// The SHA-256 of the list that was divided.
    package let listSHA256: String
    /// How many inputs the list has.
    package let inputCount: Int
    /// The files and folders that the user named, by their whole paths.
    package let inputs: [String]
    /// What the results depend on beside their sources, as a text to compare.
    package let settings: String
    /// The machine that did it.
    package let host: String
    /// The software that did it.
    package let software: String
    /// How many threads worked.
    package let threads: Int
    /// When it began and ended, in UTC: `2026-11-29T02:17:30.123Z`.
    package let began: String
    package let ended: String
    /// How long it took.
    package let seconds: Double
    /// Its inputs, in the order of the list.
    package let entries: [Entry]
    /// What the search left out; the first shard tells.
    package let skipped: [BatchItem]
    /// What concerns no single input; the first shard tells.
    package let warnings: [String]

    /// The bytes of its inputs.
    package var bytes: Int { entries.reduce(0) { $0 + $1.bytes } }

    /// How many of its inputs were refused.
    package var refusedCount: Int {
        entries.count { entry in
            if case .refused = entry.item.outcome { true } else { false }
        }
    }

    /// A moment as records have it; later ones sort behind.
    static func text(of moment: Date) -> String {
        moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
