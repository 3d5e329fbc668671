/// A table of text in columns as wide as their widest cell.
struct TextTable {
    /// How a column's cells stand.
    enum Alignment {
        case left
        case right
    }

    /// How many rows a table of all tasks of a collection has; `--json` has them all.
    static let mostTasks = 200

    private let alignments: [Alignment]
    private let longest: Int
    private var rows: [[String]]
    private var leftOut = 0

    /// Starts a table with its head; a title that begins with `>` is a column of numbers, aligned to the right.
    init(_ titles: String...) {
        self.init(titles)
    }

    /// Starts a table with its head, as above.
    ///
    /// - Parameters:
    ///   - titles: The titles.
    ///   - longest: How many rows are kept; those behind are counted.
    init(_ titles: [String], longest: Int = .max) {
        self.longest = longest
        alignments = titles.map { $0.hasPrefix(">") ? .right : .left }
        rows = [titles.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }]
    }

    /// Adds a row of as many cells as there are titles.
    mutating func add(_ cells: String...) {
        add(cells)
    }

    /// Adds a row of as many cells as there are titles.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == alignments.count, "a row has \(alignments.count) cells")
        guard rows.count <= longest else { return leftOut += 1 }
        rows.append(cells)
    }

    /// Whether there is nothing but the head.
    var isEmpty: Bool { rows.count == 1 }

    /// The table as lines, the head underlined.
    var text: String {
        let widths = alignments.indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        var lines = rows.map { row in
            zip(row, zip(widths, alignments)).map { cell, column in
                let padding = String(repeating: " ", count: column.0 - cell.count)
                return column.1 == .left ? cell + padding : padding + cell
            }
            .joined(separator: "  ")
        }
        lines.insert(
            widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), at: 1)
        if leftOut > 0 { lines.append("… and \(leftOut) more (--json lists all)") }
        return lines.map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        .joined(separator: "\n")
    }
}
