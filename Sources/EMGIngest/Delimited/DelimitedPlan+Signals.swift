internal import EMGSignal
internal import PrintableText

// Columns that have rates and clocks of their own.
extension DelimitedPlan {
    /// The signals of an export of EMGworks without the list of them: a column of times before each
    /// column of samples.
    mutating func pairs(
        _ table: inout DelimitedTable, _ layout: DelimitedLayout
    ) throws(IngestError) -> [DelimitedSignal] {
        let clocks = Array(stride(from: 0, to: width - 1, by: 2))
        let channels = clocks.map { clock in
            let name = name(of: clock + 1)
            let open = name.hasSuffix("]") ? name.lastIndex(of: "[") : nil
            return Channel(
                name: (open.map { String(name[..<$0]) } ?? name).trimmingBlanks(),
                unit: open.map { String(name[name.index(after: $0)...].dropLast()) } ?? "")
        }
        return try signals(
            clocks.map { $0 + 1 }, channels, clocks: clocks, rate: nil, layout, table: &table)
    }

    /// Gives channels the clock before them, and the rate that the header says or the first two
    /// times on that clock.
    ///
    /// - Parameters:
    ///   - columns: The columns of the channels.
    ///   - channels: Their names and units.
    ///   - clocks: The columns of times, in order; empty for none.
    ///   - rate: What the head says of all of them.
    ///   - layout: How the table is laid out.
    ///   - table: The table at its first row.
    /// - Returns: A signal for each channel.
    /// - Throws: ``IngestError`` for a channel whose rate is not known.
    func signals(
        _ columns: [Int], _ channels: [Channel], clocks: [Int], rate: SamplingRate?,
        _ layout: DelimitedLayout, table: inout DelimitedTable
    ) throws(IngestError) -> [DelimitedSignal] {
        let first = clocks.map { seconds(table, $0) }
        let needsSecond = columns.contains { titles.hertz.isEmpty || titles.hertz[$0] == nil }
        var second = first
        if needsSecond, rate == nil {
            guard try Self.nextRow(&table, layout: layout) else { throw Self.empty(table.file) }
            table.split()
            second = clocks.map { seconds(table, $0) }
        }
        var signals: [DelimitedSignal] = []
        for (column, channel) in zip(columns, channels) {
            let clock = clocks.lastIndex { $0 < column }
            guard clocks.isEmpty || clock != nil else {
                throw IngestError(
                    .missingColumn(name: "time of \(channel.name)", found: names),
                    at: table.location,
                    hint: "each channel needs a column of time before it (time: columns)")
            }
            let stated = titles.hertz.isEmpty ? nil : titles.hertz[column]
            let steps = clock.flatMap { clock -> Double? in
                guard let start = first[clock], let end = second[clock], end > start else {
                    return nil
                }
                return 1 / (end - start)
            }
            guard let hertz = stated ?? rate?.hertz ?? steps else {
                throw IngestError(
                    .unknownRate(
                        reason: "two rows of \"\(channel.name)\" have no times that go forward"),
                    at: table.location,
                    hint: "a template names the columns of time (time: columns) and the row of "
                        + "rates (header_rows: rates_hz)")
            }
            signals.append(
                DelimitedSignal(
                    label: channel.name, hertz: hertz, isDeclared: stated != nil || rate != nil,
                    unit: channel.unit, column: column, time: clock.map { clocks[$0] }))
        }
        return signals
    }

    /// Signals of several rates with one column of time, which is that of the fastest: they are in
    /// each row.
    static func sharing(_ time: Int?, _ signals: [DelimitedSignal]) -> [DelimitedSignal] {
        let fastest = signals.map(\.hertz).max()
        return signals.map { signal in
            DelimitedSignal(
                label: signal.label, hertz: signal.hertz, isDeclared: signal.isDeclared,
                unit: signal.unit, column: signal.column,
                time: signal.hertz == fastest ? time : nil)
        }
    }

    /// A time in seconds; `nil` for a cell that is none.
    private func seconds(_ table: borrowing DelimitedTable, _ column: Int) -> Double? {
        guard column < table.count else { return nil }
        let text = table.excerpt(column)
        let value = Double(decimalMark == UInt8(ascii: ",") ? text.replacing(",", with: ".") : text)
        guard case .seconds(let unit) = timeUnit else { return value }
        return value.map { $0 * unit }
    }

    /// Settles the columns of an export of AcqKnowledge.
    mutating func takeAcqKnowledge(
        _ table: inout DelimitedTable, _ stated: DelimitedPreambleReader,
        layout: DelimitedLayout, options: ReadOptions
    ) throws(IngestError) {
        let location = SourceLocation(file: table.file, line: firstRow)
        let axis = names.first.flatMap { AcqKnowledgeHead.axisUnit($0) }
        let first = axis == nil ? 0 : 1
        var cells: [String] = []
        for index in 0..<table.count { cells.append(try table.cell(index, &texts)) }
        let counts = AcqKnowledgeHead.counts(cells, hasAxis: axis != nil)
        if counts != nil { try passRow(&table, layout) }
        if let axis { timeUnit = .seconds(axis) }
        try takeSignals(
            stated.signals.map { signal in
                DelimitedSignal(
                    label: signal.label, hertz: signal.hertz, isDeclared: true, unit: signal.unit,
                    column: signal.column + first, time: axis == nil ? nil : 0)
            }, options: options, location: location)
        for index in parts.indices { parts[index].statedRows = counts?.max() }
    }
}
