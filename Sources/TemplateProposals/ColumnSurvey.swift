/// What the cells of a column are like.
struct ColumnSurvey: Sendable {
    /// The name; empty without one.
    let name: String
    /// The unit that the header says; empty when it does not.
    let unit: String
    /// Numbers of the beginning, one after the other.
    let values: [Double]
    /// Different texts in the order of their first, at most ``most``.
    let texts: [String]
    /// Different numbers in all pieces, at most ``most`` of them.
    let numbers: Set<Double>
    /// The share of cells that are neither numbers nor missing.
    let textShare: Double
    /// Whether all numbers are whole.
    let isWhole: Bool
    /// Whether cells are times of day.
    let isClock: Bool

    /// More different values than a label has.
    static let most = 65

    init(_ column: Int, of form: TableForm, name: String, unit: String, skipping: Int) {
        self.name = name
        self.unit = unit
        let rows = form.rows.dropFirst(skipping)
        let cells = rows.map { $0[column] }
        values = cells.compactMap(\.value)
        var texts: [String] = []
        let later = zip(form.laterTexts.joined(), form.laterRows.joined()).map { ($0, $1[column]) }
        for (row, cell) in zip(form.texts.dropFirst(skipping), cells) + later where cell == .text {
            let text = String(row[column])
            if texts.count < Self.most, !texts.contains(text) { texts.append(text) }
        }
        self.texts = texts
        textShare = Double(cells.count { $0 == .text }) / Double(max(1, cells.count))
        var numbers: Set<Double> = []
        var isWhole = true
        for cell in cells + form.laterRows.joined().map({ $0[column] }) {
            guard let value = cell.value else { continue }
            if numbers.count < Self.most { numbers.insert(value) }
            isWhole = isWhole && value == value.rounded()
        }
        self.numbers = numbers
        self.isWhole = isWhole
        isClock =
            !cells.isEmpty
            && cells.count {
                if case .clock = $0 { true } else { false }
            } * 2 > cells.count
    }

    /// Whether numbers never fall and rise on the whole.
    var rises: Bool {
        guard values.count > 2, let first = values.first, let last = values.last else {
            return false
        }
        return last > first && zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
    }

    /// The mean step from row to row.
    var step: Double {
        guard values.count > 1, let first = values.first, let last = values.last else { return 0 }
        return (last - first) / Double(values.count - 1)
    }

    /// Whether steps differ little: what stamps do and signals do not.
    var isEven: Bool {
        let steps = zip(values.dropFirst(), values).map(-)
        let mean = step
        guard mean > 0 else { return false }
        return Double(steps.count { abs($0 - mean) <= 3 * mean }) >= 0.9 * Double(steps.count)
    }

    /// Whether it counts rows: by one, but for where it wraps.
    var countsRows: Bool {
        guard isWhole, values.count > 10 else { return false }
        let ones = zip(values.dropFirst(), values).count { $0 - $1 == 1 }
        return Double(ones) >= 0.85 * Double(values.count - 1)
    }

    /// The mean number of rows that a value stays.
    var stay: Double {
        let changes = zip(values.dropFirst(), values).count { $0 != $1 }
        return Double(values.count) / Double(changes + 1)
    }
}
