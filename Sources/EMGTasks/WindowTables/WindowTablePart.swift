import Digests
import Documents
import EMGArchive
import ErrorReports
import Files
import Foundation
import Sharding

/// When a shard began.
struct ShardClock: Sendable {
    private let start = ContinuousClock.now

    /// The seconds since.
    var seconds: Double {
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds)
            + Double(duration.components.attoseconds) * 1e-18
    }
}

/// The part of a table that a shard writes, and what it says of it:
///
///     NAME.03-of-16.h5         its rows, in the format of the table
///     NAME.03-of-16.h5.json    which recordings they are of, and how they were made
struct WindowTablePart: Sendable {
    private static let format = "myotask.windows-part"

    /// Which part.
    let shard: Shard
    /// How many recordings the table has.
    let tableRecordings: Int
    /// The SHA-256 of what the table says beside its rows: parts of one table have the same.
    let tableSHA256: String
    /// What the table says beside its rows, with the recordings of this part.
    let head: WindowTableHead
    /// The recordings that have no windows in the table, with the reason; the first part tells.
    let refused: [BuildReport.Refusal]
    /// The machine that wrote it.
    let host: String
    /// How long it took.
    let seconds: Double
    private let ending: WindowTableEnding
    private let clock: ShardClock

    init(
        _ shard: Shard, of head: WindowTableHead, _ range: Range<Int>,
        refused: [BuildReport.Refusal], _ ending: WindowTableEnding, _ clock: ShardClock
    ) {
        self.refused = refused
        self.shard = shard
        self.ending = ending
        self.clock = clock
        self.head = head.part(range)
        tableRecordings = head.recordings.count
        tableSHA256 = SHA256.digest(of: Array(head.document.json(.canonical).utf8))
        host = HostName.current
        seconds = 0
    }

    // MARK: - Places

    /// The file of the part's rows.
    func file(of table: URL) -> URL { Self.file(of: table, shard) }

    /// The file of a part's rows: `NAME.03-of-16.h5` of `NAME.h5`.
    private static func file(of table: URL, _ shard: Shard) -> URL {
        table.deletingPathExtension().appendingPathExtension(shard.fileName)
            .appendingPathExtension(table.pathExtension)
    }

    /// The file that says what the part is.
    private static func record(of table: URL, _ shard: Shard) -> URL {
        file(of: table, shard).appendingPathExtension("json")
    }

    /// All files of the part.
    func files(of table: URL) -> [URL] {
        let rows = file(of: table)
        let index = NumpyWindowFiles(head).indexURL(of: rows)
        return [Self.record(of: table, shard), rows]
            + (ending == .npy && index != rows ? [index] : [])
    }

    /// The parts beside a table's place that have been recorded.
    ///
    /// - Throws: `FilesError` when the folder cannot be listed.
    static func shards(beside table: URL) throws(FilesError) -> [Shard] {
        let stem = table.deletingPathExtension().lastPathComponent + "."
        let end = ".\(table.pathExtension).json"
        return try Folder.names(in: table.deletingLastPathComponent()).compactMap { name in
            guard name.hasPrefix(stem), name.hasSuffix(end),
                name.utf8.count > stem.utf8.count + end.utf8.count
            else { return nil }
            return Shard(fileName: name.dropFirst(stem.count).dropLast(end.count))
        }
    }

    // MARK: - Writing

    /// Writes the rows, and then what they are.
    ///
    /// - Throws: `ArchiveError` when they cannot be written.
    func write(to table: URL, _ rows: inout WindowRowSource) throws(ArchiveError) {
        let (url, record) = (file(of: table), Self.record(of: table, shard))
        StaleFiles.sweep(of: url)
        // Rows that are replaced must not be taken for those that an earlier record tells of.
        try? FileManager.default.removeItem(at: record)
        switch ending {
        case .hdf5: try HDF5WindowFile(head).write(to: url, &rows)
        case .npy: try NumpyWindowFiles(head).writeArrays(to: url, &rows)
        case .csv: try CSVWindowFile(head).write(to: url, &rows)
        }
        let text = DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(1),
            "shard": .integer(shard.index), "shards": .integer(shard.count),
            "first_recording": .integer(head.firstRecording),
            "table_recordings": .integer(tableRecordings),
            "table_sha256": .string(tableSHA256), "host": .string(host),
            "duration_s": .number(clock.seconds), "refused": .array(refused.map(\.document)),
            "table": head.document,
        ]).json(
            .indented(
                onOneLine: ["table.recordings.*"], continuing: ["format_version", "shards"]))
        try ArchiveError.wrapping { () throws(FilesError) in try AtomicFile.write(text, to: record)
        }
    }

    // MARK: - Reading

    /// Reads what a part is.
    ///
    /// - Parameters:
    ///   - shard: Which part.
    ///   - table: The table.
    ///   - ending: How the table is written.
    /// - Throws: `DocumentError` that says what is wrong where.
    init(
        _ shard: Shard, of table: URL, _ ending: WindowTableEnding
    ) throws(DocumentError) {
        let document = try Document(contentsOf: Self.record(of: table, shard))
        let object = try document.cursor.object(allowing: [
            "format", "format_version", "shard", "shards", "first_recording", "table_recordings",
            "table_sha256", "host", "duration_s", "refused", "table",
        ])
        let format = try object.required("format")
        guard try format.string() == Self.format else {
            throw format.error(expected: "\"\(Self.format)\"")
        }
        _ = try object.required("format_version").integer(in: 1...1)
        _ = try object.required("shard").integer(in: shard.index...shard.index)
        _ = try object.required("shards").integer(in: shard.count...shard.count)
        self.shard = shard
        self.ending = ending
        tableRecordings = try object.required("table_recordings").integer(in: 0 ... .max)
        tableSHA256 = try object.required("table_sha256").string()
        host = try object.required("host").string()
        seconds = try object.required("duration_s").number(in: 0 ... .infinity)
        let first = try object.required("first_recording").integer(in: 0...tableRecordings)
        head = try WindowTableHead(object.required("table"), firstRecording: first)
        var refused: [BuildReport.Refusal] = []
        for cursor in try object.required("refused").array() {
            refused.append(try BuildReport.Refusal(cursor))
        }
        self.refused = refused
        clock = ShardClock()
    }
}

extension BuildReport.Refusal {
    fileprivate var document: DocumentValue {
        .object(["recording": .string(subject), "error": error.document])
    }

    fileprivate init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: ["recording", "error"])
        self.init(
            subject: try object.required("recording").string(),
            error: try ErrorReport(object.required("error")))
    }
}
