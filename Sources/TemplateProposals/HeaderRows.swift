private import Foundation

/// The rows between what stands before a table and its numbers.
struct HeaderRows: Sendable {
    /// What a row of a header says.
    enum Kind: String, Sendable, Hashable {
        case names, units, counts
        case rates = "rates_hz"
        case skip
    }

    /// The rows in order; empty without a header.
    let kinds: [Kind]
    /// The names of the columns; empty when there are none.
    let names: [String]
    /// The units of the columns, where a row or the names say them; empty texts where not.
    let units: [String]
    /// The rates of the columns.
    let rates: [Double]
    /// The first line of the header; that of the first row without one.
    let start: Int
    /// Rows of numbers that are counts and no samples.
    let countRows: Int

    /// Finds the header of a table.
    ///
    /// - Parameters:
    ///   - form: The table.
    ///   - excerpt: The text.
    init(of form: TableForm, in excerpt: TextExcerpt) {
        let lines = excerpt.head
        var found: [(kind: Kind, cells: [Substring])] = []
        var place = form.firstRow
        var isNamed = false
        while place > 0, found.count < 6 {
            let line = lines[place - 1]
            guard !line.allSatisfy(\.isWhitespace) else { break }
            let cells = form.delimiter.cells(of: line)
            // Names with blanks are more cells than columns where blanks stand between these.
            let fits =
                cells.count == form.width || cells.count + 1 == form.width
                || cells.count == form.width + 1 && cells.last?.isEmpty == true
            guard fits, !isNamed, form.width > 1 || !Self.isProse(line) else { break }
            let kind = Self.kind(of: cells, rows: excerpt.expectedLines)
            found.append((kind, cells))
            isNamed = kind == .names
            place -= 1
        }
        // Rows before the names are something else; without names there is no header.
        if !isNamed { found = [] }
        found.reverse()
        start = form.firstRow - found.count
        let names = found.first { $0.kind == .names }?.cells ?? []
        self.names = names.map { String($0) }
        let unitRow = found.first { $0.kind == .units }?.cells ?? []
        units = unitRow.map { Self.bareUnit($0) }
        rates = (found.first { $0.kind == .rates }?.cells ?? []).map { Self.rate($0) ?? 0 }
        countRows = Self.countRows(of: form)
        kinds = found.map(\.kind) + Array(repeating: .counts, count: countRows)
    }

    /// What a row says.
    ///
    /// - Parameters:
    ///   - cells: The row.
    ///   - rows: About how many rows the table has.
    /// - Returns: Its kind.
    private static func kind(of cells: [Substring], rows: Double) -> Kind {
        let filled = cells.filter { !$0.isEmpty }
        guard !filled.isEmpty else { return .skip }
        let unitCount = filled.count { isUnit($0) }
        if unitCount * 2 > filled.count { return .units }
        let counts = filled.compactMap { Double($0) }
        if counts.count == filled.count, counts.allSatisfy({ abs($0 - rows) < 0.3 * rows }) {
            return .counts
        }
        if filled.allSatisfy({ rate($0) != nil }) { return .rates }
        return .names
    }

    /// A first row of equal whole numbers that the others have nothing to do with counts samples.
    private static func countRows(of form: TableForm) -> Int {
        guard form.rows.count > 2 else { return 0 }
        let values = form.rows[0].compactMap(\.value)
        guard values.count > 1, Set(values).count == 1, values[0] >= 10,
            values[0] == values[0].rounded()
        else { return 0 }
        let others = form.rows.dropFirst().prefix(20).flatMap { $0.compactMap(\.value) }
        return others.allSatisfy { abs($0) < values[0] / 2 } ? 1 : 0
    }

    private static func isProse(_ line: Substring) -> Bool {
        line.split(whereSeparator: \.isWhitespace).count > 3 || line.contains(":")
    }

    /// A rate with or without its unit.
    static func rate(_ text: Substring) -> Double? {
        let lower = text.lowercased()
        let number = lower.replacing("khz", with: "").replacing("hz", with: "")
        guard let value = Double(number[...].trimmingBlanks), value > 0 else { return nil }
        guard lower.contains("hz") || value >= 10 else { return nil }
        return lower.contains("khz") ? value * 1_000 : value
    }

    /// Whether a text is a unit, in brackets or not.
    static func isUnit(_ text: Substring) -> Bool {
        knownUnits.contains(bareUnit(text).lowercased())
    }

    private static func bareUnit(_ text: Substring) -> String {
        String(text).trimmingCharacters(in: Self.brackets)
    }

    private static let brackets = CharacterSet(charactersIn: "()[]{} ")
    private static let knownUnits: Set<String> = [
        "v", "mv", "uv", "µv", "μv", "nv", "volt", "volts", "millivolts", "microvolts", "s", "sec",
        "secs", "second", "seconds", "ms", "msec", "us", "µs", "μs", "ns", "min", "minutes", "g",
        "mg", "m/s^2", "m/s2", "m/s²", "deg", "°", "deg/s", "°/s", "dps", "rad", "rad/s", "n", "nm",
        "n.m", "kg", "cal", "raw", "no_units", "unit", "units", "%", "hz", "ut", "µt", "°c", "a.u.",
        "au", "count", "counts", "adc", "bool", "samples", "frames", "mm", "cm", "m", "bpm",
        "us/cm",
        "kohm", "ohm", "unix", "timestamp",
    ]
}
