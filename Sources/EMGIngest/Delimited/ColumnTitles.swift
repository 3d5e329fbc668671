internal import PrintableText

/// What the header says of each column.
struct ColumnTitles: Sendable {
    /// The names as they stand there; empty without any.
    private(set) var names: [String] = []
    /// The names of channels: with those of their group, without their units.
    private(set) var titles: [String] = []
    /// The units; empty texts where there is none, nothing when the header has none.
    private(set) var units: [String] = []
    /// The sampling rates in hertz; nothing when the header has none.
    private(set) var hertz: [Double?] = []
    /// How many samples the columns have; nothing when the header does not say.
    private(set) var counts: [Int?] = []
    /// One rate for all.
    private(set) var rate: Double?
    /// Whether the header says more than names.
    var saysKinds: Bool { !units.isEmpty || hasGroups || hasForms }
    private var hasGroups = false
    private var hasForms = false

    /// Nothing is known.
    init() {}

    /// Reads the rows of a header.
    ///
    /// - Parameters:
    ///   - head: The rows.
    ///   - table: The table that they belong to.
    ///   - layout: What they are.
    ///   - texts: The encoding of the file.
    /// - Throws: ``IngestError`` for a cell that is no text of the encoding, or no rate.
    init(
        _ head: DelimitedHead, _ table: borrowing DelimitedTable, layout: DelimitedLayout,
        texts: inout TextDecoding
    ) throws(IngestError) {
        var groups: [String] = []
        for (kind, line) in zip(layout.header, head.header) {
            guard kind != .skip, kind != .text else { continue }
            var cells: [String] = []
            for cell in table.cells(of: line.bytes) {
                cells.append(try table.decode(cell, line: line.number, &texts))
            }
            let location = SourceLocation(file: table.file, line: line.number)
            switch kind {
            case .names: names = cells
            case .groups: groups = Self.carried(cells)
            case .units: units = cells
            case .counts: counts = cells.map { LeadingNumber.read($0).flatMap { Int(exactly: $0) } }
            case .rates: hertz = try Self.rates(cells, at: location)
            case .rate:
                rate = try Self.rates(cells, at: location).compactMap(\.self).first
                guard rate != nil else { throw Self.noRate(cells.first ?? "", at: location) }
            case .skip, .text: break
            }
        }
        hasGroups = groups.contains { !$0.isEmpty }
        hasForms = !layout.nameForms.isEmpty
        take(groups: groups, forms: layout.nameForms)
    }

    /// Takes what the lines before a table say of rows so many cells wide.
    mutating func take(_ facts: StatedFacts, width: Int, forms: [TextPattern]) {
        func placed<Value>(_ values: [Value], _ none: Value) -> [Value] {
            guard facts.isOfLast, !values.isEmpty else { return values }
            return Array(repeating: none, count: max(0, width - values.count)) + values
        }
        take(names: placed(facts.names, ""), units: placed(facts.units, ""), forms: forms)
        if hertz.isEmpty { hertz = placed(facts.hertz, nil) }
    }

    /// Takes names and units that are not rows of a header.
    mutating func take(names: [String], units: [String], forms: [TextPattern] = []) {
        if self.names.isEmpty, !names.isEmpty {
            self.names = names
            take(groups: [], forms: forms)
        }
        if !units.isEmpty, !self.units.contains(where: { !$0.isEmpty }) { self.units = units }
    }

    private mutating func take(groups: [String], forms: [TextPattern]) {
        titles = []
        var found = Array(repeating: "", count: names.count)
        for (index, name) in names.enumerated() {
            let parts = forms.lazy.compactMap { $0.captures(of: name) }.first
            found[index] = parts?["unit"] ?? ""
            let bare = parts?["name"] ?? name
            let group = index < groups.count ? groups[index] : ""
            titles.append(group.isEmpty || bare.isEmpty ? bare : "\(group): \(bare)")
        }
        if found.contains(where: { !$0.isEmpty }) {
            units = found.indices.map {
                $0 < units.count && !units[$0].isEmpty ? units[$0] : found[$0]
            }
        }
    }

    /// Makes all as wide as the rows.
    mutating func pad(to width: Int) {
        func padded<Value>(_ values: [Value], _ value: Value) -> [Value] {
            values.isEmpty
                ? values
                : Array(
                    (values + Array(repeating: value, count: max(0, width - values.count)))
                        .prefix(width))
        }
        names = padded(names, "")
        titles = padded(titles, "")
        units = padded(units, "")
        hertz = padded(hertz, nil)
        counts = padded(counts, nil)
    }

    /// Drops the last column, which has no name.
    mutating func dropNamelessEnd() {
        guard names.last == "" else { return }
        names.removeLast()
        titles.removeLast()
    }

    /// Drops the first column, which has no name.
    mutating func dropNamelessBegin() {
        guard names.first == "" else { return }
        names.removeFirst()
        titles.removeFirst()
        if !units.isEmpty { units.removeFirst() }
        if !hertz.isEmpty { hertz.removeFirst() }
        if !counts.isEmpty { counts.removeFirst() }
    }

    /// Names that hold until the next one.
    private static func carried(_ cells: [String]) -> [String] {
        var last = ""
        return cells.map { cell in
            if !cell.isEmpty { last = cell }
            return last
        }
    }

    private static func rates(
        _ cells: [String], at location: SourceLocation
    ) throws(IngestError) -> [Double?] {
        var rates: [Double?] = []
        for cell in cells {
            guard !cell.isEmpty else {
                rates.append(nil)
                continue
            }
            guard let rate = LeadingNumber.read(cell), rate > 0, rate.isFinite else {
                // What the row is, before its rates.
                if rates.isEmpty, cells.count > 1 {
                    rates.append(nil)
                    continue
                }
                throw noRate(cell, at: location)
            }
            rates.append(rate)
        }
        return rates
    }

    private static func noRate(_ cell: String, at location: SourceLocation) -> IngestError {
        IngestError(
            .invalidCell(expected: "a sampling rate", found: cell), at: location,
            hint: "\"header_rows\" in the template says what each row of the header is")
    }
}
