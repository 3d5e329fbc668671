internal import EMGSignal
import PrintableText

/// The rows of one part of a file, read record after record.
final class EDFStream: RecordingStream {
    let outline: StreamOutline

    private let rows: EDFRows
    private let labels: EventLabels?
    private let remarks: StreamRemarks
    private let labelsOfSignals: [String]
    private let file: String
    private var block: EDFRecordBlock
    private var row = 0
    private var stretch = 0

    /// Creates a stream.
    ///
    /// - Parameters:
    ///   - contents: What is known of the file.
    ///   - part: The signals.
    ///   - rows: Which record holds which rows.
    ///   - calibrations: The way from numbers to physical values of each signal.
    ///   - outline: What the stream says before its samples.
    ///   - labels: The class of each row.
    ///   - remarks: What is known already of what the stream says at its end.
    ///   - source: The file.
    init(
        _ contents: EDFContents, part: EDFPart, rows: EDFRows, calibrations: [EDFCalibration],
        outline: StreamOutline, labels: EventLabels?, remarks: StreamRemarks,
        source: PositionedFile
    ) {
        self.outline = outline
        self.rows = rows
        self.labels = labels
        self.remarks = remarks
        file = source.name
        labelsOfSignals = part.signals.map(\.title)
        block = EDFRecordBlock(
            source, header: contents.header, extent: contents.extent, part: part,
            calibrations: calibrations)
    }

    func read(into output: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        while row < rows.count, row - first < atMost {
            while row >= rows.stretches[stretch].endRow { stretch += 1 }
            let current = rows.stretches[stretch]
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
            if outline.hasTimeStamps {
                for index in row..<row + count {
                    output.timeStamps.append(rows.time(ofRow: index, in: current))
                }
            }
            row += count
        }
        return row > first
    }

    func finish() throws(IngestError) -> StreamRemarks {
        var remarks = remarks
        remarks.sha256 = try block.digest()
        for (label, count) in zip(labelsOfSignals, block.outsideCounts) where count > 0 {
            remarks.warnings.append(
                IngestWarning(
                    .headerFault, at: SourceLocation(file: file, object: label), count: count,
                    message:
                        "\(count, of: "sample is", plural: "samples are") outside the digital "
                        + "range of the header"
                ))
        }
        return remarks
    }
}
