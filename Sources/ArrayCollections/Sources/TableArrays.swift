private import CSV
private import Documents
private import EMGSignal
internal import Foundation
private import PrintableText

/// The rows of a CSV file with a head.
struct TableArrays: ArraySource {
    let name: String
    let count: Int
    let shape: [Int]
    let type = ArraySample.Number.float32
    let inputNames: [String]

    private let table: CSVTable

    init(_ url: URL, _ settings: ArrayConfiguration) throws {
        name = url.path(percentEncoded: false)
        let table = try CSVTable(contentsOf: url)
        self.table = table
        let used = Set(
            [settings.labels, settings.groups, settings.task, settings.split.column].compactMap(
                \.self)
                + settings.targets)
        inputNames =
            settings.inputs.isEmpty ? table.columns.filter { !used.contains($0) } : settings.inputs
        for column in inputNames { _ = try table.column(column) }
        guard !table.rows.isEmpty, !inputNames.isEmpty else {
            throw ArrayError(
                .tooFew(
                    table.rows.isEmpty ? "rows" : "columns of inputs", expected: 1, found: 0),
                at: name, hint: "a table has a head and rows with numbers")
        }
        count = table.rows.count
        shape = [inputNames.count]
    }

    func column(_ column: String, names: String?, setting: String) throws -> LabelColumn {
        guard names == nil else {
            throw ArrayError(
                .invalid(expected: "names in the column itself", found: names ?? ""), at: name,
                hint: "leave the names out: a table's labels are texts")
        }
        let place = try table.column(column)
        if let row = table.rows.first(where: { $0.fields[place].isEmpty }) {
            throw table.error(line: row.line, expected: "a \(column)", found: "an empty field")
        }
        return LabelColumn(
            texts: table.rows.map { $0.fields[place] }, order: NaturalOrder.precedes)
    }

    func targets(_ columns: [String]) throws -> (names: [String], values: [Float]) {
        (columns, try numbers(columns, 0..<count))
    }

    private func numbers(_ columns: [String], _ rows: Range<Int>) throws(DocumentError) -> [Float] {
        var places: [Int] = []
        for column in columns { places.append(try table.column(column)) }
        var values: [Float] = []
        values.reserveCapacity(rows.count * places.count)
        for row in table.rows[rows] {
            for place in places {
                guard let number = try table.number(row, place), Float(number).isFinite else {
                    throw table.error(
                        line: row.line, expected: "a finite number as \(table.columns[place])",
                        found: row.fields[place].isEmpty ? "an empty field" : row.fields[place])
                }
                values.append(Float(number))
            }
        }
        return values
    }

    func forEachBlock(_ body: (_ first: Int, _ block: SampleBlock) throws -> Void) throws {
        let rows = max(1, (1 << 20) / inputNames.count)
        for start in stride(from: 0, to: count, by: rows) {
            try body(
                start, .numbers(try numbers(inputNames, start..<min(count, start + rows))))
        }
    }
}
