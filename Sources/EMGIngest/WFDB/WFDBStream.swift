internal import EMGSignal
import PrintableText

/// The rows of one part of a record, segment after segment.
final class WFDBStream: RecordingStream {
    let metadata: StreamMetadata

    private let record: WFDBRecord
    private let part: WFDBPart
    private let rows: WFDBRows
    private let labels: EventLabels?
    private let missing: ReadOptions.MissingPolicy
    private var segment = 0
    private var current: WFDBSegmentRows?
    private var row = 0
    private var missingCount = 0
    private var otherStarts: [String] = []
    private var wrongChecksums: [String] = []

    init(
        _ record: WFDBRecord, part: WFDBPart, rows: WFDBRows, metadata: StreamMetadata,
        labels: EventLabels?, missing: ReadOptions.MissingPolicy
    ) {
        self.record = record
        self.part = part
        self.rows = rows
        self.metadata = metadata
        self.labels = labels
        self.missing = missing
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        while row - first < atMost {
            guard let source = try source() else { break }
            // Frames are loaded as a piece: their size is bounded whatever is asked for.
            let count = min(source.rowsLeft, atMost - (row - first), source.pieceRows)
            try source.take(count, into: &block.samples)
            labels?.append(SampleRange(start: row, end: row + count), to: &block.labels)
            if metadata.hasTimeStamps {
                for index in row..<row + count { block.timeStamps.append(rows.time(ofRow: index)) }
            }
            row += count
        }
        return row > first
    }

    /// The segment that the next row is in; `nil` at the end.
    private func source() throws(IngestError) -> WFDBSegmentRows? {
        if let current, current.rowsLeft > 0 { return current }
        close()
        guard segment < record.segments.count else { return nil }
        let next = try WFDBSegmentRows(
            record.segments[segment], of: record, part: part, missing: missing)
        current = next
        segment += 1
        return next
    }

    private func close() {
        guard let current else { return }
        missingCount += current.missingCount
        otherStarts += current.otherStarts
        wrongChecksums += current.wrongChecksums()
        self.current = nil
    }

    func finish() throws(IngestError) -> StreamNotes {
        close()
        let place = SourceLocation(file: record.header.file)
        var notes = StreamNotes(quality: rows.gaps)
        if missingCount > 0 {
            notes.warnings.append(
                IngestWarning(
                    .missingValues, at: place, count: missingCount,
                    message: "\(missingCount, of: "sample is", plural: "samples are") missing"))
        }
        func warn(_ signals: [String], _ what: String) {
            guard let first = signals.first else { return }
            notes.warnings.append(
                IngestWarning(
                    .headerFault, at: place, count: signals.count,
                    message: "\(what) of \(signals.count, of: "signal"), first \"\(first)\": "
                        + "the header or the samples were changed after the recording"))
        }
        warn(otherStarts, "the initial value in the header is not the first number")
        warn(wrongChecksums, "the checksum in the header is not the sum")
        return notes
    }
}
