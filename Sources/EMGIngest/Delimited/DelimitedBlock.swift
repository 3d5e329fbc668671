internal import Foundation
internal import PrintableText

/// One of several tables in a file, or the rows of one table that belong together.
struct DelimitedBlock: Sendable, Hashable {
    /// How many blocks of a file are recordings of their own at most.
    private static let most = 1_000

    /// The line with which it begins, from 1; 0 for a head that is found or is that of all blocks.
    var start = 0
    /// The lines of its rows; `nil` for all up to the next block.
    var lines: Range<Int>?
    /// What its rows have in common.
    var value: String?

    /// The tables of a file, by the lines with which they begin.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - layout: How it is laid out.
    /// - Returns: At least one; the only one, or the one that the layout chooses, is found later.
    /// - Throws: ``IngestError`` when there are too many.
    static func tables(
        of url: URL, layout: DelimitedLayout
    ) throws(IngestError) -> [DelimitedBlock] {
        guard layout.blocks == .each, !layout.startsAt.isEmpty else { return [DelimitedBlock()] }
        var table = try DelimitedTable.open(url, layout: layout)
        var blocks: [DelimitedBlock] = []
        while try table.advance() {
            guard table.number > layout.skippedLines, layout.startsTable(table) else { continue }
            blocks.append(DelimitedBlock(start: table.number))
            try check(blocks.count, at: table.location)
        }
        return blocks.isEmpty ? [DelimitedBlock()] : blocks
    }

    /// The rows of a table, by the values of a column: where another one begins, so does a block.
    ///
    /// - Parameters:
    ///   - plan: What the table's head says.
    ///   - column: The column.
    ///   - layout: How the file is laid out.
    ///   - url: The file.
    /// - Returns: At least one.
    /// - Throws: ``IngestError`` when there are too many, or not the one that the layout chooses.
    static func rows(
        of plan: DelimitedPlan, by column: Int, layout: DelimitedLayout, url: URL
    ) throws(IngestError) -> [DelimitedBlock] {
        guard layout.blocks != .joined else { return [DelimitedBlock()] }
        var table = try DelimitedTable.open(url, layout: layout, delimiter: plan.delimiter)
        var texts = plan.texts
        while table.number < plan.firstRow { guard try table.advance() else { break } }
        var blocks: [DelimitedBlock] = []
        var last: [UInt8]?
        while try DelimitedPlan.nextRow(&table, layout: layout) {
            if layout.endsTable(table) { break }
            table.split()
            let value = column < table.count ? Array(table.bytes(column)) : []
            if value != last {
                blocks.append(
                    DelimitedBlock(
                        lines: table.number..<table.number + 1,
                        value: try table.decode(value[...], line: table.number, &texts)))
                try check(blocks.count, at: table.location)
                last = value
            }
            blocks[blocks.count - 1].lines =
                (blocks[blocks.count - 1].lines?.lowerBound ?? table.number)..<table.number + 1
        }
        guard case .number(let wanted) = layout.blocks else {
            return blocks.isEmpty ? [DelimitedBlock()] : blocks
        }
        guard wanted <= blocks.count else {
            throw IngestError(
                .inconsistent(
                    expected: "\(wanted, of: "block"), as the template chooses the last of them",
                    found: "\(blocks.count)"), at: SourceLocation(file: table.file),
                hint: "\"blocks\" in the template names a block that is there")
        }
        return [blocks[wanted - 1]]
    }

    private static func check(_ count: Int, at location: SourceLocation) throws(IngestError) {
        guard count > most else { return }
        throw IngestError(
            .unsupported(feature: "more than \(most) blocks, each a recording"), at: location,
            hint: "\"blocks: joined\" makes them one recording")
    }
}
