internal import CSV
internal import EMGSignal
internal import PrintableText

/// Turns the texts of a column, or of comments behind rows, into the label of each row.
struct LabelMarks: Sendable {
    private let source: LabelSource
    private let decimalMark: UInt8
    /// The label that goes on; empty for none.
    private var current = ""
    private var unmatchedEnds = Occurrences()

    /// - Parameters:
    ///   - source: How labels stand there.
    ///   - decimalMark: What numbers have before their decimals.
    init(_ source: LabelSource, decimalMark: UInt8) {
        self.source = source
        self.decimalMark = decimalMark
    }

    /// Whether a row without a mark keeps the label of the one before.
    var goesOn: Bool { source.extent == .untilNext || !source.begins.isEmpty }

    /// The label of the rows so far; empty for none.
    var label: String { current }

    /// Forgets the label: a file or block of its own begins.
    mutating func restart() { current = "" }

    /// The label of the next row.
    ///
    /// - Parameters:
    ///   - text: What stands there.
    ///   - line: The line, for messages.
    /// - Returns: The label, empty for none; `nil` when the text is no number where one must be.
    mutating func take(_ text: String, line: Int) -> String? {
        let plain = text.trimmingBlanks()
        guard !plain.isEmpty, !source.idle.contains(plain) else { return goesOn ? current : "" }
        guard let code = code(of: plain) else { return nil }
        if !source.begins.isEmpty {
            mark(code, line: line)
            return current
        }
        guard !source.idle.contains(code) else { return goesOn ? current : "" }
        current = code
        return code
    }

    private mutating func mark(_ text: String, line: Int) {
        for form in source.ends {
            guard let captures = form.captures(of: text) else { continue }
            if let label = captures["label"], label != current {
                unmatchedEnds.add(line)
            } else {
                if current.isEmpty { unmatchedEnds.add(line) }
                current = ""
            }
            return
        }
        for form in source.begins {
            guard let captures = form.captures(of: text) else { continue }
            current = captures["label"] ?? text
            return
        }
    }

    /// The label that a number is, or the text itself.
    private func code(of text: String) -> String? {
        guard source.mask != nil || source.above != nil else {
            // 1.0 is class 1, as programs write whole numbers of a floating column.
            if let value = Double(text), value == value.rounded(), value.magnitude < 1e15 {
                return String(Int(value))
            }
            return text
        }
        let pointed =
            decimalMark == UInt8(ascii: ",") ? text.replacing(",", with: ".") : text
        let value: Double
        switch CellNumber(Array(pointed.utf8)) {
        case .integer(let number): value = Double(number)
        case .decimal(let number): value = number
        case .tooLarge, .missing, .invalid: return nil
        }
        if let above = source.above { return value > above ? "1" : "0" }
        guard let mask = source.mask, let bits = Int(exactly: value), bits >= 0 else { return nil }
        return String((bits & mask) >> mask.trailingZeroBitCount)
    }

    /// What its user should know.
    func warnings(file: String) -> [IngestWarning] {
        guard unmatchedEnds.count > 0 else { return [] }
        return [
            IngestWarning(
                .events, at: SourceLocation(file: file, line: unmatchedEnds.firstLine),
                count: unmatchedEnds.count,
                message:
                    "\(unmatchedEnds.count, of: "mark ends", plural: "marks end") a label that has "
                    + "not begun")
        ]
    }

    /// The text of a comment behind a row: LabChart's sign for all channels, or the number of one,
    /// comes before it.
    static func comment(_ text: String) -> String {
        let rest = text.drop { $0 == " " || $0 == "\t" }
        let sign = rest.first == "*" ? rest.prefix(1) : rest.prefix { $0.isASCII && $0.isNumber }
        let behind = rest.dropFirst(sign.count)
        guard !sign.isEmpty, behind.first == " " || behind.first == "\t" else {
            return String(rest).trimmingBlanks()
        }
        return String(behind).trimmingBlanks()
    }
}
