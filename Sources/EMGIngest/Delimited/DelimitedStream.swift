internal import EMGSignal
internal import Foundation
internal import PrintableText

/// The rows of delimited text: one table, its blocks, or the pieces of a recording one after
/// another.
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
    private var pieceStart = 0
    private var rowCount = 0
    private var labels: RowLabels
    private var lines = LineMap()
    private var quality: [QualityInterval] = []
    private var counter: SequenceCounter?
    private var clock = WallClockCounter()
    private var notes = DelimitedNotes()
    private var events: DelimitedEvents?
    private var lengths: [ProcessingStep.Value] = []
    private var blockStarts: [ProcessingStep.Value] = []
    /// What the column of blocks held last.
    private var blockValue: [UInt8]?
    private var texts: TextDecoding
    /// A whole number that all channels hold in the first row: it may count the rows.
    private var firstValue: Float?

    init(
        _ pieces: [DelimitedReader.Piece], plan: DelimitedPlan, part: DelimitedPlan.Part,
        template: SourceTemplate, options: ReadOptions
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
        let declared = { () throws(IngestError) -> Double in
            try EstimatedRate(
                part.rate, options: options, timeLine: nil,
                at: SourceLocation(file: pieces[0].url.relativePath)
            ).rate.hertz
        }
        let reader = DelimitedRow(
            part: part, plan: plan, layout: layout, missing: options.missing,
            samplesPerSecond: plan.timeUnit == .samples && part.time != nil ? try declared() : 1)
        rowReader = reader
        if plan.counter != nil { counter = SequenceCounter(bits: plan.counterBits) }
        var details = plan.details
        var missingEvents: [IngestWarning] = []
        if let place = layout.events {
            let table = try DelimitedEvents.read(
                place, of: pieces[0].url, lines: layout,
                hertz: part.time == nil ? try declared() : nil, channels: part.channels,
                template: template)
            details.merge(table?.details ?? [:]) { $1 }
            self.events = table
            if table == nil {
                missingEvents.append(
                    IngestWarning(
                        .events, at: SourceLocation(file: pieces[0].url.relativePath),
                        message: "there is no table of events "
                            + "\(place.file == nil ? "in" : "beside") the file: it has no labels"))
            }
        }
        labels = RowLabels(
            plan, layout: layout, template: template,
            field: plan.label.map { reader.fieldName($0) } ?? "")
        let hasLabels =
            labels.hasLabels || self.events?.hasLabels == true
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
        metadata.scaling = part.scaling
        metadata.part = part.name
        metadata.warnings = plan.warnings + missingEvents
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
        let settled = labels.classes.settled()
        var details: [String: ProcessingStep.Value] = [:]
        if pieces.count > 1 { details["piece_rows"] = .list(lengths) }
        if !blockStarts.isEmpty { details["block_starts"] = .list(blockStarts) }
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
            warnings: notes.warnings(file: file) + stated + (marked?.warnings ?? [])
                + labels.warnings(file: file) + lengthWarnings(file: file))
    }

    /// Refuses a row behind the header that says how many rows follow.
    private func checkFirstRow() throws(IngestError) {
        guard pieces.count == 1, plan.counter == nil, part.statedRows == nil, rowCount > 2,
            let firstValue, firstValue == Float(rowCount - 1)
        else { return }
        throw IngestError(
            .inconsistent(
                expected: "samples in the first row",
                found: "\(rowCount - 1) in each channel, and as many rows behind it: their number"),
            at: SourceLocation(file: pieces[0].url.relativePath, line: plan.firstRow + 1),
            hint: layout.headerRows.isEmpty
                ? "say \"skip_rows: \(layout.skippedRows + 1)\" in the template to pass over it"
                : "name it in \"header_rows\" of the template, too (counts)")
    }

    /// Tells of rows that the file says are there, or are not.
    private func lengthWarnings(file: String) -> [IngestWarning] {
        guard let stated = part.statedRows, stated != rowCount, layout.blocks != .joined else {
            return []
        }
        return [
            IngestWarning(
                stated > rowCount ? .truncated : .headerFault, at: SourceLocation(file: file),
                message: "the file says that there are \(stated, of: "row"), and has \(rowCount)")
        ]
    }

    // MARK: - Pieces

    private func openPiece() throws(IngestError) {
        let piece = pieces[next]
        if next > 0 {
            notes.note(texts, file: pieces[next - 1].url)
            texts = TextDecoding(declared: layout.encoding)
        }
        var opened = try DelimitedTable.open(piece.url, layout: layout, delimiter: plan.delimiter)
        for _ in 0..<(plan.lines.map { $0.lowerBound - 1 } ?? plan.firstRow) {
            guard try opened.advance() else { break }
        }
        if let label = piece.label {
            pieceLabel = try labels.number(
                of: plan.classNames[label] ?? template.className(of: label),
                at: SourceLocation(file: piece.url.relativePath))
        }
        // Two pieces were not recorded without a pause: nothing may reach across.
        if next > 0 { cut() }
        counter?.restart()
        clock = WallClockCounter()
        pieceStart = rowCount
        next += 1
        table = consume opened
    }

    /// Cuts the recording before the next row.
    private func cut() {
        quality.append(
            QualityInterval(
                range: SampleRange(start: rowCount, end: rowCount + 1), channel: nil, kind: .gap))
    }

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
        if rowCount == pieceStart { dropCut() }
    }

    private func dropCut() {
        if let last = quality.last, last.kind == .gap, last.range.start == rowCount {
            quality.removeLast()
        }
    }

    // MARK: - Blocks

    /// Goes over the head of a block like the ones before.
    ///
    /// - Returns: Whether a row follows it.
    private func passHead(_ table: inout DelimitedTable) throws(IngestError) -> Bool {
        guard try plan.passHead(&table, layout: layout, texts: &texts) else { return false }
        beginBlock()
        return true
    }

    /// Begins another block with the next row: nothing reaches across.
    private func beginBlock() {
        if rowCount > 0 {
            dropCut()
            cut()
            blockStarts.append(.integer(rowCount))
        }
        counter?.restart()
        labels.restart()
        clock = WallClockCounter()
    }

    // MARK: - Rows

    /// Takes the next row.
    ///
    /// - Returns: Whether there was one.
    private func takeRow(
        _ table: inout DelimitedTable, into block: inout RowBlock
    ) throws(IngestError) -> Bool {
        if let lines = plan.lines, table.number + 1 >= lines.upperBound { return false }
        guard try nextRow(&table) else { return false }
        table.split()
        if let column = plan.blockColumn, layout.blocks == .joined, column < table.count {
            let value = table.bytes(column)
            if let blockValue, !value.elementsEqual(blockValue) { beginBlock() }
            if blockValue.map({ !value.elementsEqual($0) }) ?? true { blockValue = Array(value) }
        }
        if try rowReader.take(table, into: &block, clock: &clock, notes: &notes) == .end {
            // The columns of these channels are empty from here on: others go on longer.
            if let warning = try rowReader.passRest(&table, layout: layout) {
                notes.ends.append(warning)
            }
            return false
        }
        if let column = plan.counter,
            try counter?.take(rowReader.count(table, column), row: rowCount) == false
        {
            cut()
        }
        let named = events?.take(
            row: rowCount, missing: counter?.missing ?? 0, stamp: block.timeStamps.last)
        if metadata.labels == .knownAtEnd {
            if labels.hasLabels {
                block.labels.append(try labels.take(table, texts: &texts))
            } else if let named {
                block.labels.append(
                    try labels.number(
                        of: named, at: SourceLocation(file: pieces[0].url.relativePath)))
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

    /// Goes to the next row, over the heads of blocks.
    private func nextRow(_ table: inout DelimitedTable) throws(IngestError) -> Bool {
        let mayEnd = !layout.endsAt.isEmpty
        let mayBegin = !layout.startsAt.isEmpty
        guard mayEnd || mayBegin else { return try DelimitedPlan.nextRow(&table, layout: layout) }
        var isBehind = false
        while try table.advance() {
            if mayBegin, layout.startsTable(table) {
                switch layout.blocks {
                case .each, .number: return false
                case .joined:
                    return try passHead(&table)
                case nil:
                    throw IngestError(
                        .inconsistent(
                            expected: "one table",
                            found: "another that begins here"), at: table.location,
                        hint: "say what becomes of it in the template: \"blocks: joined\" (one "
                            + "recording), \"blocks: each\" (a recording each) or \"blocks: 1\"")
                }
            }
            if mayEnd, rowCount > pieceStart, layout.endsTable(table) {
                guard layout.blocks == .joined else { return false }
                isBehind = true
            }
            if isBehind || table.isBlank { continue }
            if layout.hasWholeLinesOnly, !table.isTerminated { return false }
            if let comment = layout.comment, table.begins(with: comment) { continue }
            return true
        }
        return false
    }
}
