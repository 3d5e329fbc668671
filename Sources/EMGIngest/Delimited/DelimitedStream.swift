internal import EMGSignal
internal import Foundation
internal import PrintableText

/// The rows of delimited text: one file, or the pieces of a recording one after another.
final class DelimitedStream: RecordingStream {
    let metadata: StreamMetadata

    private let pieces: [DelimitedReader.Piece]
    private let plan: DelimitedPlan
    private let part: DelimitedPlan.Part
    private let template: SourceTemplate
    private let layout: DelimitedLayout
    private let rowReader: DelimitedRow

    private var table: DelimitedTable?
    private var next = 0
    private var pieceLabel: UInt8 = 0
    private var rowCount = 0
    private var classes = ClassCollector()
    private var lines = LineMap()
    private var quality: [QualityInterval] = []
    private var counter: SequenceCounter?
    private var notes = DelimitedNotes()
    private var events: DelimitedEvents?
    private var lengths: [ProcessingStep.Value] = []
    private var texts: TextDecoding
    /// A whole number that all channels hold in the first row: it may count the rows.
    private var firstValue: Float?

    init(
        _ pieces: [DelimitedReader.Piece], plan: DelimitedPlan, part: DelimitedPlan.Part,
        template: SourceTemplate, options: ReadOptions, events: URL?
    ) throws(IngestError) {
        guard case .delimited(let layout) = template.layout else {
            throw IngestError(
                .invalidDescription(reason: "\(template.name) does not describe text"),
                at: SourceLocation(file: pieces[0].url.relativePath))
        }
        self.pieces = pieces
        self.plan = plan
        texts = plan.texts
        self.part = part
        self.template = template
        self.layout = layout
        rowReader = DelimitedRow(
            part: part, plan: plan, layout: layout, missing: options.missing)
        if plan.counter != nil { counter = SequenceCounter(bits: plan.counterBits) }
        var details = plan.details
        if let url = events {
            let table = try DelimitedEvents(
                url,
                hertz: part.time == nil
                    ? EstimatedRate(
                        part.rate, options: options, timeLine: nil,
                        at: SourceLocation(file: pieces[0].url.relativePath)
                    ).rate.hertz : nil,
                channels: part.channels, template: template)
            details.merge(table.details) { $1 }
            self.events = table
        }
        let hasLabels =
            plan.label != nil || self.events?.hasLabels == true
            || pieces.contains { $0.label != nil }
        details["template"] = .text(template.name)
        details["template_sha256"] = .text(template.digest)
        if pieces.count > 1 {
            details["pieces"] = .list(pieces.map { .text($0.url.lastPathComponent) })
        }
        var metadata = StreamMetadata(
            channels: part.channels, rate: part.rate,
            labels: hasLabels ? .knownAtEnd : .none, hasTimeStamps: part.time != nil,
            details: details)
        metadata.part = part.name
        metadata.warnings = plan.warnings
        metadata.targets = part.targets
        self.metadata = metadata
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        var taken = 0
        while taken < atMost {
            if table == nil {
                guard next < pieces.count else { break }
                try openPiece()
            }
            guard var now = table.take() else { break }
            let isRow = try takeRow(&now, into: &block)
            if isRow {
                taken += 1
                table = consume now
            } else {
                endPiece(now)
            }
        }
        return taken > 0
    }

    func finish() throws(IngestError) -> StreamNotes {
        try checkFirstRow()
        notes.note(texts, file: next > 0 ? pieces[next - 1].url : pieces[0].url)
        let settled = classes.settled()
        var details: [String: ProcessingStep.Value] = [:]
        if pieces.count > 1 { details["piece_rows"] = .list(lengths) }
        if let counter, counter.missing > 0 {
            details["rows_missing_by_counter"] = .integer(counter.missing)
            details.merge(counter.losses.facts) { $1 }
        }
        let file = pieces[0].url.relativePath
        let stated =
            counter?.warnings { row in
                SourceLocation(file: file, line: pieces.count == 1 ? lines.line(ofRow: row) : nil)
            } ?? []
        let marked = events?.finish(rowCount: rowCount)
        return StreamNotes(
            classNames: metadata.labels == .knownAtEnd ? settled.classNames : nil,
            labelMap: metadata.labels == .knownAtEnd ? settled.labelMap : nil,
            quality: quality + (marked?.bad ?? []),
            lines: pieces.count == 1 ? lines : nil, details: details,
            warnings: notes.warnings(file: file) + stated + (marked?.warnings ?? []))
    }

    /// Refuses a row behind the header that says how many rows follow.
    private func checkFirstRow() throws(IngestError) {
        guard pieces.count == 1, plan.counter == nil, rowCount > 2, let firstValue,
            firstValue == Float(rowCount - 1)
        else { return }
        throw IngestError(
            .inconsistent(
                expected: "samples in the first row",
                found: "\(rowCount - 1) in each channel, and as many rows behind it: their number"),
            at: SourceLocation(file: pieces[0].url.relativePath, line: plan.firstRow + 1),
            hint: "say \"skip_rows: 1\" in the template to pass over it")
    }

    // MARK: - Pieces

    private func openPiece() throws(IngestError) {
        let piece = pieces[next]
        if next > 0 {
            notes.note(texts, file: pieces[next - 1].url)
            texts = TextDecoding(declared: layout.encoding)
        }
        var opened = try DelimitedTable.open(
            piece.url, delimiter: plan.delimiter, encoding: layout.encoding)
        for _ in 0..<plan.firstRow {
            guard try opened.advance() else { break }
        }
        if let label = piece.label { pieceLabel = try number(of: label, at: piece) }
        if next > 0 {
            // Two pieces were not recorded without a pause: nothing may reach across.
            quality.append(
                QualityInterval(
                    range: SampleRange(start: rowCount, end: rowCount + 1), channel: nil,
                    kind: .gap))
        }
        counter?.restart()
        pieceStart = rowCount
        next += 1
        table = consume opened
    }

    private var pieceStart = 0

    private func endPiece(_ ended: consuming DelimitedTable) {
        lengths.append(.integer(rowCount - pieceStart))
        if !ended.isTerminated, ended.number > 0 {
            if layout.hasWholeLinesOnly {
                notes.leftOut.add(ended.number)
            } else {
                notes.unterminated.add(ended.number)
            }
        }
        // A piece without rows leaves no place to cut at.
        if rowCount == pieceStart, let last = quality.last, last.kind == .gap,
            last.range.start == rowCount
        {
            quality.removeLast()
        }
    }

    private func number(
        of label: String, at piece: DelimitedReader.Piece
    ) throws(IngestError) -> UInt8 {
        try number(of: plan.classNames[label] ?? template.className(of: label), file: piece.url)
    }

    private func number(of name: String, file: URL) throws(IngestError) -> UInt8 {
        guard let number = classes.number(of: name) else {
            throw IngestError(
                .unsupported(feature: "more than 256 classes"),
                at: SourceLocation(file: file.relativePath))
        }
        return number
    }

    // MARK: - Rows

    /// Takes the next row.
    ///
    /// - Returns: Whether there was one.
    private func takeRow(
        _ table: inout DelimitedTable, into block: inout RowBlock
    ) throws(IngestError) -> Bool {
        while true {
            guard try DelimitedPlan.nextRow(&table, layout: layout) else { return false }
            table.split()
            guard try rowReader.take(table, into: &block, notes: &notes) else {
                // The columns of these channels are empty from here on: others go on longer.
                return false
            }
            break
        }
        if let column = plan.counter {
            let isWhole = try counter?.take(rowReader.count(table, column), row: rowCount) ?? true
            if !isWhole {
                quality.append(
                    QualityInterval(
                        range: SampleRange(start: rowCount, end: rowCount + 1), channel: nil,
                        kind: .gap))
            }
        }
        let named = events?.take(
            row: rowCount, missing: counter?.missing ?? 0, stamp: block.timeStamps.last)
        if metadata.labels == .knownAtEnd {
            if let column = plan.label {
                block.labels.append(try label(table, column))
            } else if let named {
                block.labels.append(try number(of: named, file: pieces[0].url))
            } else {
                block.labels.append(pieceLabel)
            }
        }
        if rowCount == 0 {
            let row = block.samples.suffix(part.columns.count)
            if let first = row.first, row.allSatisfy({ $0 == first }) { firstValue = first }
        }
        lines.set(row: rowCount, line: table.number)
        rowCount += 1
        return true
    }

    private func label(
        _ table: borrowing DelimitedTable, _ column: Int
    ) throws(IngestError) -> UInt8 {
        guard column < table.count, table.bytes(column).count <= Self.longestLabel else {
            throw IngestError(
                .invalidCell(
                    expected: "a label of at most \(Self.longestLabel) bytes",
                    found: column < table.count ? table.excerpt(column) : ""),
                at: table.place(column, field: rowReader.fieldName(column)),
                hint: "the template may mean another column by \"label\"")
        }
        var text = try table.cell(column, &texts)
        // 1.0 is class 1, as programs write whole numbers of a floating column.
        if let value = Double(text), value == value.rounded(), value.magnitude < 1e15 {
            text = String(Int(value))
        }
        let name =
            text.isEmpty
            ? LabelTrack.unlabeledName
            : plan.classNames[text] ?? template.className(of: text)
        guard let number = classes.number(of: name) else {
            throw IngestError(
                .unsupported(feature: "more than 256 classes"),
                at: table.place(column, field: rowReader.fieldName(column)),
                hint: "is this the column of labels?")
        }
        return number
    }

    private static let longestLabel = 200
}
