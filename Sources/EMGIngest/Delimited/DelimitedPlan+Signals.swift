internal import PrintableText

// Signals of EMGworks, each with a time column of its own.
extension DelimitedPlan {
    /// The signals of an export without the list of them, from the names of its columns and the
    /// times of its first two rows.
    func signals(
        of table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) -> [DelimitedPreambleReader.Signal] {
        func times(_ table: borrowing DelimitedTable) -> [Double?] {
            stride(from: 0, to: width - 1, by: 2).map { column in
                guard column < table.count else { return nil }
                let text = table.excerpt(column)
                return Double(
                    decimalMark == UInt8(ascii: ",") ? text.replacing(",", with: ".") : text)
            }
        }
        let first = times(table)
        guard try Self.nextRow(&table, layout: layout) else { throw Self.empty(table.file) }
        table.split()
        let second = times(table)
        var signals: [DelimitedPreambleReader.Signal] = []
        for (index, (start, end)) in zip(first, second).enumerated() {
            let name = name(of: 2 * index + 1)
            guard let start, let end, end > start else {
                throw IngestError(
                    .unknownRate(reason: "two rows of \"\(name)\" have no times that go forward"),
                    at: table.location,
                    hint: "a template without \"preamble: trigno\" names the columns one by one")
            }
            let open = name.hasSuffix("]") ? name.lastIndex(of: "[") : nil
            signals.append(
                DelimitedPreambleReader.Signal(
                    label: (open.map { String(name[..<$0]) } ?? name).trimmingBlanks(),
                    hertz: 1 / (end - start), isDeclared: false,
                    unit: open.map { String(name[name.index(after: $0)...].dropLast()) } ?? ""))
        }
        return signals
    }
}
