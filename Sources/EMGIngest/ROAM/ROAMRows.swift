internal import CSV
internal import EMGFormats
internal import EMGSignal

/// The rows of a ROAM table while it is read, and what is odd about them.
struct ROAMRows: Sendable {
    /// A record longer than this is noted upon, in bytes.
    private static let longRecord = ROAMPlainRow.longRow
    /// How many plain rows are read at a time.
    private static let batch = 512

    /// How many rows were taken.
    private(set) var count = 0
    /// The line of each row.
    private(set) var lines = LineMap()
    /// The text of the wall clock in the first row; empty when there is none of 17 digits.
    private(set) var firstClock = ""

    private let columns: ROAMColumns
    private var line: Int
    private let plain: ROAMPlainRow?
    private let cells: ROAMCells
    private var row: ROAMRow
    private var record = CSVRecord()
    private var batchSamples: [Float]
    private var batchLabels: [UInt8]
    private var batchTimes: [Double]

    private var blankLines = Occurrences()
    private var longRecords = Occurrences()
    private var inexact = Occurrences()
    private var missing = Occurrences()
    private var firstInexact = ""
    private var unterminatedLine: Int?

    /// Starts behind the header.
    init(
        _ columns: ROAMColumns, line: Int, missing: ReadOptions.MissingPolicy, file: String
    ) {
        self.columns = columns
        self.line = line
        plain = ROAMPlainRow(columns)
        cells = ROAMCells(columns: columns, missing: missing, file: file)
        row = ROAMRow(samples: [Float](repeating: 0, count: columns.channelNames.count))
        batchSamples = [Float](repeating: 0, count: Self.batch * columns.channelNames.count)
        batchLabels = [UInt8](repeating: 0, count: Self.batch)
        batchTimes = [Double](repeating: 0, count: Self.batch)
    }

    /// Takes plain rows for as long as there are any. The first row of a table is never one, as
    /// more is kept of it.
    mutating func takePlainRows(
        _ bytes: [UInt8], used: inout Int, into block: inout RowBlock, until last: Int
    ) {
        guard let plain, count > 0 else { return }
        while count < last {
            let run = plain.read(
                bytes, from: used, atMost: min(last - count, Self.batch), into: &batchSamples,
                &batchLabels, &batchTimes)
            guard run.count > 0 else { return }
            blankLines.confirm()
            // A run of plain rows has one line a row.
            lines.set(row: count, line: line)
            if run.longCount > 0 { longRecords.add(line + run.firstLong, count: run.longCount) }
            block.samples.append(
                contentsOf: batchSamples[..<(run.count * row.samples.count)])
            block.labels.append(contentsOf: batchLabels[..<run.count])
            if columns.hasTime { block.timeStamps.append(contentsOf: batchTimes[..<run.count]) }
            count += run.count
            line += run.count
            used = run.end
        }
    }

    /// Takes one record of any kind.
    ///
    /// - Returns: Whether there was a whole one.
    mutating func takeRow(
        _ bytes: Span<UInt8>, to end: Int, isFinal: Bool, used: inout Int,
        into block: inout RowBlock
    ) throws(IngestError) -> Bool {
        let isWhole = try record.read(
            bytes, from: used, to: end, isFinal: isFinal, line: line, file: cells.file)
        guard isWhole else { return false }
        if record.isBlank(bytes) {
            // Blank lines at the end of the file are no fault, so they only count once a row
            // follows them.
            blankLines.note(line)
        } else {
            if record.end - used > Self.longRecord { longRecords.add(line) }
            let notes = try cells.read(record, in: bytes, from: used, line: line, into: &row)
            if notes.inexact > 0 {
                if inexact.count == 0 { firstInexact = notes.firstInexact }
                inexact.add(line, count: notes.inexact)
            }
            if notes.missing > 0 { missing.add(line, count: notes.missing) }
            if count == 0, let clock = columns.clockColumn {
                let text = record.text(clock, in: bytes, limit: 40)
                if ROAMClock(digits: text.utf8) != nil { firstClock = text }
            }
            append(to: &block)
            if !record.isTerminated { unterminatedLine = line }
        }
        used = record.end
        line += record.lines
        return true
    }

    private mutating func append(to block: inout RowBlock) {
        blankLines.confirm()
        lines.set(row: count, line: line)
        block.samples.append(contentsOf: row.samples)
        block.labels.append(row.label)
        if columns.hasTime { block.timeStamps.append(row.time) }
        count += 1
    }

    /// What is odd about the text.
    var warnings: [IngestWarning] {
        var result: [IngestWarning] = []
        func warn(
            _ kind: IngestWarning.Kind, _ what: Occurrences, _ one: String, _ many: String
        ) {
            guard what.count > 0 else { return }
            result.append(
                IngestWarning(
                    kind, at: SourceLocation(file: cells.file, line: what.firstLine),
                    count: what.count,
                    message: what.count == 1 ? "one \(one)" : "\(what.count) \(many)"))
        }
        for name in columns.unused {
            result.append(
                IngestWarning(
                    .unusedColumn, at: SourceLocation(file: cells.file, line: 1, field: name),
                    message: "the column is not used"))
        }
        warn(
            .blankLine, blankLines, "blank line between rows was skipped",
            "blank lines between rows were skipped")
        warn(
            .longField, longRecords, "row is longer than \(Self.longRecord) bytes",
            "rows are longer than \(Self.longRecord) bytes")
        warn(
            .inexactValue, inexact,
            "whole number beyond 2^24 is rounded to single precision: \(firstInexact)",
            "whole numbers beyond 2^24 are rounded to single precision, first \(firstInexact)")
        warn(.missingValues, missing, "missing sample is marked", "missing samples are marked")
        if let unterminatedLine {
            result.append(
                IngestWarning(
                    .noFinalNewline, at: SourceLocation(file: cells.file, line: unterminatedLine),
                    message: "no line end at the end of the file: its last number may have lost "
                        + "digits"))
        }
        return result
    }
}
