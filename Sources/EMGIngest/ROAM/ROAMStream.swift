internal import EMGFormats
internal import EMGSignal
internal import Foundation

/// The rows of a ROAM table, read from a file in pieces.
final class ROAMStream: RecordingStream {
    let metadata: StreamMetadata

    private var cursor: ROAMCursor

    /// Opens a table and reads its header line.
    init(
        _ url: URL, options: ReadOptions, isDigesting: Bool = true
    ) throws(IngestError) {
        let file = url.relativePath
        var source = try BufferedSource.open(url, isDigesting: isDigesting)
        let header = try ROAMHeader(&source, file: file)
        let columns = header.columns
        let expectedCount = Self.expectedCount(source)
        cursor = ROAMCursor(
            file: file, source: source,
            rows: ROAMRows(columns, line: header.nextLine, missing: options.missing, file: file),
            used: header.end)
        var details: [String: ProcessingStep.Value] = [:]
        if columns.hasTime {
            let isElapsed = columns.roles.contains(.time)
            details["time_stamps_from"] = .text(isElapsed ? "time_elapsed" : "current_time")
        }
        var metadata = StreamMetadata(
            channels: columns.channelNames.map { Channel(name: $0, unit: options.unit) },
            rate: .unknown(
                reason: columns.hasTime
                    ? "there are no two samples with time stamps that go forward"
                    : "there is no column time_elapsed or current_time"),
            labels: .classes(ROAMTable.classNames), hasTimeStamps: columns.hasTime,
            details: details)
        metadata.expectedCount = expectedCount
        self.metadata = metadata
    }

    /// About how many rows there are, going by the length of those in the first piece.
    private static func expectedCount(_ source: borrowing BufferedSource) -> Int? {
        let lines = source.bytes.count { $0 == UInt8(ascii: "\n") }
        guard lines > 1 else { return nil }
        return source.textByteCount / max(1, source.end / lines)
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        try cursor.read(into: &block, atMost: atMost)
    }

    func finish() throws(IngestError) -> StreamNotes {
        cursor.finish()
    }
}

/// A place in a ROAM table.
private struct ROAMCursor: ~Copyable {
    let file: String
    var source: BufferedSource
    var rows: ROAMRows
    var used: Int

    mutating func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = rows.count
        try Self.fill(
            &block, until: first + atMost, from: &source, used: &used, through: &rows)
        guard rows.count > 0 else {
            throw IngestError(
                .noSamples(found: "a header line and no rows"),
                at: SourceLocation(file: file),
                hint: "the recording may have been stopped before its first sample")
        }
        return rows.count > first
    }

    private static func fill(
        _ block: inout RowBlock, until last: Int, from source: inout BufferedSource,
        used: inout Int, through rows: inout ROAMRows
    ) throws(IngestError) {
        while rows.count < last {
            rows.takePlainRows(source.bytes, used: &used, into: &block, until: last)
            if rows.count == last { break }
            if used < source.end {
                let isTaken = try rows.takeRow(
                    source.bytes.span, to: source.end, isFinal: source.isFinal, used: &used,
                    into: &block)
                if isTaken { continue }
            } else if source.isFinal {
                break
            }
            try source.advance(used: used)
            used = 0
        }
    }

    mutating func finish() -> StreamNotes {
        var notes = StreamNotes(
            lines: rows.lines,
            details: rows.firstClock.isEmpty
                ? [:] : ["first_current_time": .text(rows.firstClock)],
            warnings: rows.warnings)
        notes.sha256 = source.digest()
        return notes
    }
}
