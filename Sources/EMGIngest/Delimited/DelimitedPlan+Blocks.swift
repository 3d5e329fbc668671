internal import EMGSignal
internal import PrintableText

// Tables that begin again within one file.
extension DelimitedPlan {
    /// Names the parts of one of several blocks, each of which is a recording: those of the first
    /// keep their names, the others begin with `block2`.
    ///
    /// - Parameters:
    ///   - block: Which, from 0.
    ///   - count: How many there are.
    ///   - wanted: The parts that are wanted.
    mutating func nameParts(block: Int, of count: Int, wanted: ReadOptions.PartSelection) {
        guard count > 1 else { return }
        if block == 0, wanted == .main {
            warnings.append(
                IngestWarning(
                    .partLeftOut, at: SourceLocation(file: parts.isEmpty ? "" : file),
                    count: count - 1,
                    message: "\(count - 1, of: "block is", plural: "blocks are") left out; "
                        + "--parts all reads each of the \(count) as a recording"))
        }
        guard block > 0 else { return }
        let name = "block\(block + 1)"
        for index in parts.indices {
            parts[index].name = parts[index].name.map { "\(name).\($0)" } ?? name
        }
    }

    /// Goes over the head of a block like the ones before.
    ///
    /// - Parameters:
    ///   - table: The table at the line with which the block begins.
    ///   - layout: How it is laid out.
    ///   - texts: The encoding of the file.
    /// - Returns: Whether a row follows it, at which the table then stands.
    /// - Throws: ``IngestError`` when its columns or rate are others.
    func passHead(
        _ table: inout DelimitedTable, layout: DelimitedLayout, texts: inout TextDecoding
    ) throws(IngestError) -> Bool {
        let start = table.location
        var head = DelimitedHead()
        try head.read(&table, layout: layout, start: table.number, width: width)
        guard head.holdsRow else { return false }
        table.split()
        var titles = try ColumnTitles(head, table, layout: layout, texts: &texts)
        let facts = try StatedFacts(head, table, layout: layout, texts: &texts)
        titles.take(facts, width: width, forms: layout.nameForms)
        titles.pad(to: width)
        let isSame =
            titles.names == names && (titles.units.isEmpty || titles.units == self.titles.units)
        guard isSame, statedRate == facts.rate else {
            throw IngestError(
                .inconsistent(
                    expected: isSame
                        ? "the sampling rate of the first block"
                        : "the columns of the first block, \(names.joined(separator: ", "))",
                    found: isSame
                        ? "\(facts.rate.map { "\($0.hertz.brief) Hz" } ?? "none")"
                        : titles.names.joined(separator: ", ")), at: start,
                hint: "\"blocks: each\" in the template makes each block a recording, "
                    + "\"blocks: 1\" takes one of them")
        }
        return true
    }
}
