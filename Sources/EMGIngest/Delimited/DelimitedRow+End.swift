internal import PrintableText

// Channels that end before others, whose cells are empty then.
extension DelimitedRow {
    /// Makes sure that channels which ended have no more samples.
    ///
    /// - Parameters:
    ///   - table: The table at the first line without all of them, which was split.
    ///   - layout: How it is laid out.
    /// - Returns: What is left out, when some of them go on longer than others; else `nil`.
    /// - Throws: ``IngestError`` when they have samples again.
    func passRest(
        _ table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) -> IngestWarning? {
        let line = table.number
        let isPartial = firstValue(table) != nil
        let gap = firstGap(table)
        var left = isPartial ? 1 : 0
        while try DelimitedPlan.nextRow(&table, layout: layout) {
            if layout.startsTable(table) || layout.endsTable(table) { break }
            table.split()
            guard let value = firstValue(table) else { continue }
            if isPartial, let gap, isEmpty(table, gap) {
                left += 1
                continue
            }
            throw IngestError(
                .missingValue(found: ""),
                at: SourceLocation(
                    file: table.file, line: line,
                    field: fieldName(isPartial ? gap ?? value : value)),
                hint: isPartial
                    ? IngestError.markMissingHint
                    : "the channels have samples again in line \(table.number): the file has a hole, "
                        + "export it anew")
        }
        guard left > 0, let gap else { return nil }
        return IngestWarning(
            .lengthMismatch, at: SourceLocation(file: table.file, line: line), count: left,
            message: "\(fieldName(gap)) ends before other channels: "
                + "\(left, of: "row is", plural: "rows are") left out")
    }
}
