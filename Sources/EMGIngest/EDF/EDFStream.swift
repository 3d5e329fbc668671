internal import EMGSignal
import PrintableText

/// The rows of one part of a file, read record after record.
final class EDFStream: RecordingStream {
    let metadata: StreamMetadata

    private let rows: EDFRows
    private let labels: EventLabels?
    private let notes: StreamNotes
    private let labelsOfSignals: [String]
    private let file: String
    private var block: EDFRecordBlock
    private var row = 0
    private var segment = 0

    /// Creates a stream.
    ///
    /// - Parameters:
    ///   - contents: What is known of the file.
    ///   - part: The signals.
    ///   - rows: Which record holds which rows.
    ///   - calibrations: The way from numbers to physical values of each signal.
    ///   - metadata: What the stream says before its samples.
    ///   - labels: The class of each row.
    ///   - notes: What is known already of what the stream says at its end.
    ///   - source: The file.
    init(
        _ contents: EDFContents, part: EDFPart, rows: EDFRows, calibrations: [EDFCalibration],
        metadata: StreamMetadata, labels: EventLabels?, notes: StreamNotes,
        source: PositionedFile
    ) {
        self.metadata = metadata
        self.rows = rows
        self.labels = labels
        self.notes = notes
        file = source.name
        labelsOfSignals = part.signals.map(\.title)
        block = EDFRecordBlock(
            source, header: contents.header, extent: contents.extent, part: part,
            calibrations: calibrations)
    }

    func read(into output: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        while row < rows.count, row - first < atMost {
            while row >= rows.segments[segment].endRow { segment += 1 }
            let current = rows.segments[segment]
            if block.rowsLeft == 0 {
                let inside = current.skippedRows + row - current.firstRow
                let start = inside % rows.rowsPerRecord
                try block.load(
                    record: current.firstRecord + inside / rows.rowsPerRecord, from: start,
                    to: min(rows.rowsPerRecord, start + current.endRow - row))
            }
            let count = min(block.rowsLeft, atMost - (row - first))
            block.take(count, into: &output.samples)
            labels?.append(SampleRange(start: row, end: row + count), to: &output.labels)
            if metadata.hasTimeStamps {
                for index in row..<row + count {
                    output.timeStamps.append(rows.time(ofRow: index, in: current))
                }
            }
            row += count
        }
        return row > first
    }

    func finish() throws(IngestError) -> StreamNotes {
        var notes = notes
        notes.sha256 = try block.digest()
        for (label, count) in zip(labelsOfSignals, block.outsideCounts) where count > 0 {
            notes.warnings.append(
                IngestWarning(
                    .headerFault, at: SourceLocation(file: file, object: label), count: count,
                    message:
                        "\(count, of: "sample is", plural: "samples are") outside the digital "
                        + "range of the header"
                ))
        }
        return notes
    }
}
