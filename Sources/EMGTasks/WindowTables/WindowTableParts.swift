internal import Digests
internal import Documents
internal import EMGArchive
internal import Files
package import Foundation
internal import HDF5
package import Sharding

/// The parts of a table that shards wrote beside its place, and how they become the table.
///
/// The table has the bytes that one process would have written.
package struct WindowTableParts: Sendable {
    /// The table.
    package let table: URL
    /// How many shards it was divided among.
    package let count: Int
    /// The parts that are there, in order.
    let parts: [WindowTablePart]
    let ending: WindowTableEnding

    /// The parts that are not there.
    package var missing: [Shard] {
        let done = Set(parts.map(\.shard.index))
        return Shard.all(of: count).filter { !done.contains($0.index) }
    }

    /// The recordings that have no windows in the table, with the reason, when the first part is
    /// there.
    package var refused: [BuildReport.Refusal] { parts.flatMap(\.refused) }

    /// A part that is there.
    package struct Part: Sendable, Hashable {
        /// Which.
        package let shard: Shard
        /// How many windows it has.
        package let windows: Int
        /// Of how many recordings.
        package let recordings: Int
        /// How long it took.
        package let seconds: Double
        /// The machine that wrote it.
        package let host: String
    }

    /// The parts that are there, in order.
    package var present: [Part] {
        parts.map {
            Part(
                shard: $0.shard, windows: $0.head.windowCount,
                recordings: $0.head.recordings.count, seconds: $0.seconds, host: $0.host)
        }
    }

    /// Looks which parts are there.
    ///
    /// Of several divisions the one is taken that is complete, else the one that has most parts.
    ///
    /// - Parameter table: The table, `NAME.h5`, `NAME.npy` or `NAME.csv`; it need not be there.
    /// - Throws: ``TaskError`` when there is none or they are of different tables, `DocumentError`
    ///   when one is damaged.
    package init(of table: URL) throws {
        let name = table.lastPathComponent
        guard let ending = WindowTableEnding(table) else {
            throw TaskError(
                .mismatch(
                    what: "the table's name", expected: "an ending .h5, .npy or .csv",
                    found: name), subject: name, hint: "name the table itself, not its parts")
        }
        var divisions: [Int: [Shard]] = [:]
        for shard in try WindowTablePart.shards(beside: table) {
            divisions[shard.count, default: []].append(shard)
        }
        let best = divisions.max { one, other in
            let (left, right) = (one.value.count == one.key, other.value.count == other.key)
            return left == right
                ? (one.value.count, one.key) < (other.value.count, other.key) : right
        }
        guard let best else {
            throw TaskError(
                .mismatch(what: "parts", expected: "parts of shards", found: "none"),
                subject: name,
                hint: "they are written by window --shard, beside the table as "
                    + "\(table.deletingPathExtension().lastPathComponent).1-of-4."
                    + table.pathExtension)
        }
        self.table = table
        self.ending = ending
        count = best.key
        parts = try best.value.sorted { $0.index < $1.index }.map {
            try WindowTablePart($0, of: table, ending)
        }
        for part in parts.dropFirst() where part.tableSHA256 != parts[0].tableSHA256 {
            throw TaskError(
                .mismatch(
                    what: "the table of the part \(part.shard)",
                    expected: "that of the part \(parts[0].shard)",
                    found: "one of other recordings or settings"), subject: name,
                hint: "do the shards again with the same archive and options")
        }
    }

    /// What came of putting parts together.
    package struct Report: Sendable, Hashable {
        /// How many windows the table has.
        package let windows: Int
        /// Of how many recordings.
        package let recordings: Int
    }

    /// Writes the table.
    ///
    /// - Parameter removesParts: Whether the parts go when the table is there.
    /// - Returns: What it has.
    /// - Throws: ``TaskError`` when parts are missing or do not fit together, `ArchiveError` when
    ///   they cannot be read or the table not be written.
    package func merge(removesParts: Bool = false) throws -> Report {
        let name = table.lastPathComponent
        if !missing.isEmpty {
            throw TaskError(
                .mismatch(
                    what: "parts", expected: "\(count)",
                    found: "\(parts.count); missing "
                        + missing.prefix(20).map(\.description).joined(separator: ", ")
                        + (missing.count > 20 ? ", …" : "")), subject: name,
                hint: "do the missing shards; those that are there stay as they are")
        }
        let head = WindowTableHead(joining: parts.map(\.head))
        var next = 0
        for part in parts {
            guard part.head.firstRecording == next else {
                throw TaskError(
                    .mismatch(
                        what: "the first recording of the part \(part.shard)",
                        expected: "\(next)", found: "\(part.head.firstRecording)"),
                    subject: name, hint: "do the shards again with the same archive and options")
            }
            next += part.head.recordings.count
        }
        let sha256 = SHA256.digest(of: Array(head.document.json(.canonical).utf8))
        guard sha256 == parts[0].tableSHA256 else {
            throw ArchiveError(
                .hashMismatch(expected: parts[0].tableSHA256, found: sha256),
                at: Place(file: table.path(percentEncoded: false)),
                hint: "a record of a part was changed: do the shards again")
        }
        StaleFiles.sweep(of: table)
        switch ending {
        case .hdf5:
            var rows = WindowPartRows(self)
            try HDF5WindowFile(head).write(to: table, &rows)
        case .npy: try joinArrays(head)
        case .csv: try joinTexts(head)
        }
        if removesParts {
            for file in parts.flatMap({ $0.files(of: table) }) {
                try? FileManager.default.removeItem(at: file)
            }
        }
        return Report(windows: head.windowCount, recordings: head.recordings.count)
    }
}
