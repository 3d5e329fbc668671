internal import Foundation
internal import PrintableText

/// The lines before the rows of a table: what they say, and the header.
struct DelimitedHead: Sendable {
    /// A line with its number.
    struct Line: Sendable, Hashable {
        let number: Int
        let bytes: [UInt8]
    }

    /// How many lines before a table are looked at for what they say.
    private static let mostStated = 2_000
    /// How many lines before a row of numbers are read at most.
    private static let mostLines = 100_000

    /// The lines before the header that are not blank, comments without their mark.
    private(set) var stated: [Line] = []
    /// The rows of the header.
    private(set) var header: [Line] = []
    /// What stands between columns, when the file says it.
    private(set) var delimiter: DelimitedLayout.Delimiter?
    /// Whether the table stands at the first row.
    private(set) var holdsRow = false

    /// Reads up to the first row.
    ///
    /// - Parameters:
    ///   - table: A table that stands before the lines.
    ///   - layout: How the file is laid out.
    ///   - start: The line with which the block begins, from 1; 0 to find it.
    ///   - width: How many cells rows have, when blocks before it tell.
    /// - Throws: ``IngestError`` when the table does not begin, or ends within its header.
    mutating func read(
        _ table: inout DelimitedTable, layout: DelimitedLayout, start: Int, width: Int? = nil
    ) throws(IngestError) {
        var holdsLine = try findStart(&table, layout: layout, start: start)
        if holdsLine, try takeSeparator(&table, layout: layout) {
            holdsLine = try DelimitedPlan.nextRow(&table, layout: layout)
        }
        guard holdsLine else { return }
        if layout.preamble == .text {
            try readText(&table, layout: layout, width: width)
        } else {
            try readHeader(&table, layout: layout)
        }
    }

    /// Goes to the first line that belongs to the table or its head.
    private mutating func findStart(
        _ table: inout DelimitedTable, layout: DelimitedLayout, start: Int
    ) throws(IngestError) -> Bool {
        if start > 0 {
            while table.number < start {
                guard try table.advance() else { return false }
            }
            return true
        }
        for _ in 0..<layout.skippedLines {
            guard try table.advance() else { return false }
            keep(table, comment: layout.comment)
        }
        if layout.startsAt.isEmpty, layout.preamble == .text { return try table.advance() }
        var number = 1
        if case .number(let wanted) = layout.blocks { number = wanted }
        var found = 0
        while try table.advance() {
            guard !table.isBlank else { continue }
            if layout.startsAt.isEmpty {
                guard let comment = layout.comment, table.begins(with: comment) else { return true }
            } else if layout.startsTable(table) {
                found += 1
                if found == number { return true }
                stated.removeAll()
                continue
            }
            keep(table, comment: layout.comment)
        }
        guard !layout.startsAt.isEmpty else { return false }
        throw Self.noStart(layout, found: found, wanted: number, file: table.file)
    }

    private static func noStart(
        _ layout: DelimitedLayout, found: Int, wanted: Int, file: String
    ) -> IngestError {
        let forms = layout.startsAt.map { "\"\($0.text)\"" }.joined(separator: " or ")
        return IngestError(
            .malformed(
                expected: "a line \(forms)" + (wanted > 1 ? " for the \(wanted). time" : ""),
                found: found == 0 ? "none" : "\(found)"),
            at: SourceLocation(file: file),
            hint: found == 0
                ? "\"starts_at\" in the template says how the first line of the table begins"
                : "\"blocks\" in the template names a block that is there")
    }

    private mutating func keep(_ table: borrowing DelimitedTable, comment: String?) {
        guard !table.isBlank, stated.count < Self.mostStated else { return }
        var bytes = table.lineBytes
        if let comment, table.begins(with: comment) { bytes = bytes.dropFirst(comment.utf8.count) }
        stated.append(Line(number: table.number, bytes: Array(bytes.prefix(1 << 16))))
    }

    /// Takes a first line `sep=;`, by which programs tell Excel what stands between columns.
    ///
    /// - Returns: Whether the line is one.
    private mutating func takeSeparator(
        _ table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) -> Bool {
        guard table.number == 1, table.begins(with: "sep=") || table.begins(with: "\"sep=") else {
            return false
        }
        let text = table.excerpt.drop { $0 == "\"" }.dropFirst("sep=".count)
        guard layout.delimiter == .automatic, let byte = text.utf8.first else { return true }
        delimiter = .byte(byte)
        table.settle(.byte(byte))
        return true
    }

    // MARK: - The header

    /// Reads as many lines as the header has, beginning with the one that the table stands at.
    private mutating func readHeader(
        _ table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) {
        holdsRow = true
        for kind in layout.header {
            guard holdsRow else { return }
            if kind == .text {
                while holdsRow, !table.isRow(layout) {
                    holdsRow = try DelimitedPlan.nextRow(&table, layout: layout)
                }
                return
            }
            header.append(Line(number: table.number, bytes: Array(table.lineBytes)))
            holdsRow = try DelimitedPlan.nextRow(&table, layout: layout)
        }
    }

    /// Reads up to the first of two rows of numbers that are alike: what comes before them is the
    /// header, and what comes before that says something.
    private mutating func readText(
        _ table: inout DelimitedTable, layout: DelimitedLayout, width: Int?
    ) throws(IngestError) {
        // Where the width of rows is known, the first of them is plain without a look ahead.
        let row =
            try width == nil
            ? Self.firstRow(table.file, url: table.url, from: table.number, layout: layout) : nil
        var lines: [Line] = []
        let count = layout.header.count
        while row.map({ table.number < $0 }) ?? !(table.isRow(layout) && table.count == width) {
            if !table.isBlank {
                lines.append(Line(number: table.number, bytes: Array(table.lineBytes)))
                if lines.count > max(count, 1) {
                    let line = lines.removeFirst()
                    if stated.count < Self.mostStated { stated.append(line) }
                }
            }
            guard try table.advance() else { return }
        }
        guard lines.count >= count else {
            throw IngestError(
                .malformed(
                    expected: "\(count, of: "row") of a header before the first row of numbers",
                    found: "\(lines.count)"), at: table.location,
                hint: "say \"header: false\" in the template if no line names the columns")
        }
        stated += lines.dropLast(count)
        header = Array(lines.suffix(count))
        holdsRow = true
    }

    /// The number of the first line from a place on that is a row of numbers, like the next one.
    private static func firstRow(
        _ file: String, url: URL, from first: Int, layout: DelimitedLayout
    ) throws(IngestError) -> Int {
        var table = try DelimitedTable.open(url, layout: layout)
        var candidate: (line: Int, cells: Int)?
        while try table.advance() {
            guard table.number >= first, !table.isBlank else { continue }
            guard table.number - first < mostLines else { break }
            guard table.isRow(layout) else {
                candidate = nil
                continue
            }
            if let candidate, candidate.cells == table.count { return candidate.line }
            candidate = (table.number, table.count)
        }
        // The only row, at the end.
        if let candidate { return candidate.line }
        throw DelimitedPlan.empty(file)
    }
}

extension DelimitedLayout {
    /// Whether the line that a table stands at begins the layout's table.
    func startsTable(_ table: borrowing DelimitedTable) -> Bool { Self.fits(startsAt, table) }

    /// Whether it is behind the layout's table.
    func endsTable(_ table: borrowing DelimitedTable) -> Bool { Self.fits(endsAt, table) }

    private static func fits(
        _ patterns: [TextPattern], _ table: borrowing DelimitedTable
    ) -> Bool {
        patterns.contains { pattern in
            // Most lines are rows, which the first letter tells apart.
            table.mayBegin(with: pattern.prefix) && pattern.fits(table.plainText)
        }
    }
}
