/// How the table of a text is laid out.
struct TableForm: Sendable {
    /// What stands between columns.
    enum Delimiter: String, Sendable, Hashable, CaseIterable {
        case tab, semicolon, comma, blanks

        private var character: Character? {
            switch self {
            case .tab: "\t"
            case .semicolon: ";"
            case .comma: ","
            case .blanks: nil
            }
        }

        /// The cells of a line without quotes and blanks round them.
        func cells(of line: Substring) -> [Substring] {
            guard let character else {
                return line.split { $0 == " " || $0 == "\t" }.map(Self.bare)
            }
            var cells: [Substring] = []
            var start = line.startIndex
            var isQuoted = false
            var place = line.startIndex
            while place < line.endIndex {
                let next = line[place]
                if next == "\"" { isQuoted.toggle() }
                if next == character, !isQuoted {
                    cells.append(Self.bare(line[start..<place]))
                    start = line.index(after: place)
                }
                place = line.index(after: place)
            }
            return cells + [Self.bare(line[start...])]
        }

        private static func bare(_ cell: Substring) -> Substring {
            var cell = cell.trimmingBlanks
            if cell.count >= 2, cell.first == "\"", cell.last == "\"" {
                cell = cell.dropFirst().dropLast().trimmingBlanks
            }
            return cell
        }
    }

    /// What stands between columns.
    let delimiter: Delimiter
    /// Columns of a row.
    let width: Int
    /// Lines before the first row.
    let firstRow: Int
    /// The rows of the beginning, each of the width.
    let rows: [[CellContent]]
    /// The rows of later pieces.
    let laterRows: [[[CellContent]]]
    /// The texts of the rows of the beginning.
    let texts: [[Substring]]
    /// The texts of the rows of later pieces.
    let laterTexts: [[[Substring]]]
    /// The share of lines behind the first row that are rows.
    let consistency: Double
    /// Whether rows end with a delimiter, which makes an empty cell.
    let hasTrailingCell: Bool

    /// Finds the table of a text.
    ///
    /// - Parameter excerpt: The text.
    /// - Returns: Its form; `nil` when there are no rows of numbers.
    static func find(in excerpt: TextExcerpt) -> TableForm? {
        let forms = Delimiter.allCases.compactMap { TableForm($0, excerpt) }
        // More columns of numbers, in more of the lines; of equals what is named first.
        return forms.enumerated().max { one, two in
            let (left, right) = (one.element.merit, two.element.merit)
            return left == right ? one.offset > two.offset : left < right
        }?.element
    }

    private var merit: Double {
        let numbers = rows.prefix(50).map { $0.count { $0.value != nil } }
        let mean = Double(numbers.reduce(0, +)) / Double(max(1, numbers.count))
        return consistency * consistency * mean
    }

    private init?(_ delimiter: Delimiter, _ excerpt: TextExcerpt) {
        let allowsComma = delimiter != .comma
        func row(_ line: Substring) -> (texts: [Substring], cells: [CellContent]) {
            let texts = delimiter.cells(of: line)
            return (
                texts,
                texts.map {
                    // A comma inside quotes stands in a number also where it stands between columns.
                    CellContent($0, allowsComma: allowsComma || line.contains("\""))
                }
            )
        }
        func isRow(_ cells: [CellContent]) -> Bool {
            let numbers = cells.count { $0.value != nil }
            let texts = cells.count { $0 == .text }
            return numbers > 0 && numbers >= texts
        }
        let lines = excerpt.head.prefix(600).map(row)
        var counts: [Int: Int] = [:]
        for line in lines where isRow(line.cells) { counts[line.cells.count, default: 0] += 1 }
        guard let width = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
            return nil
        }
        func fits(_ cells: [CellContent]) -> Bool { cells.count == width && isRow(cells) }
        /// Whether a row has names where those behind it have numbers, or a text that never comes again.
        func isHeader(_ place: Int) -> Bool {
            let next = lines.dropFirst(place + 1).filter { fits($0.cells) }.prefix(50)
            guard next.count > 4 else { return false }
            return lines[place].cells.indices.contains { column in
                let values = next.count { $0.cells[column].value != nil }
                switch lines[place].cells[column] {
                case .text:
                    return values * 2 > next.count
                        || next.allSatisfy { $0.texts[column] != lines[place].texts[column] }
                            && Set(next.map { $0.texts[column] }).count < 10
                case .missing: return values == next.count && lines[place].cells.contains(.text)
                case .number, .clock: return false
                }
            }
        }
        let blanks = excerpt.head.prefix(600).map { $0.allSatisfy(\.isWhitespace) }
        guard
            let first = lines.indices.first(where: { place in
                guard fits(lines[place].cells), !isHeader(place) else { return false }
                let next = lines.indices.dropFirst(place).filter { !blanks[$0] }.prefix(10)
                return Double(next.count { fits(lines[$0].cells) }) >= 0.8 * Double(next.count)
            })
        else { return nil }
        let behind = lines.indices.dropFirst(first).filter { !blanks[$0] }
        let rows = behind.filter { fits(lines[$0].cells) }
        self.delimiter = delimiter
        self.width = width
        firstRow = first
        consistency = Double(rows.count) / Double(behind.count)
        texts = rows.map { lines[$0].texts }
        self.rows = rows.map { lines[$0].cells }
        let later = ([Array(excerpt.head.dropFirst(600))] + excerpt.pieces).map { piece in
            piece.map(row).filter { fits($0.cells) }
        }
        laterRows = later.map { $0.map(\.cells) }
        laterTexts = later.map { $0.map(\.texts) }
        hasTrailingCell =
            width > 1 && texts.allSatisfy { $0.last?.isEmpty == true }
    }

    /// Columns that may hold something.
    var columns: Range<Int> { 0..<(hasTrailingCell ? width - 1 : width) }

    /// Whether numbers have a comma before decimals.
    var hasDecimalComma: Bool {
        forms.contains { $0 == .comma || $0 == .thousands(".") } && !forms.contains(.point)
    }

    /// What stands between thousands; `nil` for nothing.
    var thousands: Character? {
        for case .thousands(let mark) in forms { return mark }
        return nil
    }

    private var forms: Set<CellContent.Form> {
        var forms: Set<CellContent.Form> = []
        for row in rows {
            for case .number(_, let form) in row { forms.insert(form) }
        }
        return forms
    }
}

extension Substring {
    /// Without blanks round it.
    var trimmingBlanks: Substring {
        var text = self
        while let first = text.first, first.isWhitespace || first == "\u{FEFF}" {
            text.removeFirst()
        }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
