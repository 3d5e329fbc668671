internal import Foundation
internal import PrintableText

/// The first lines of a text, taken apart at whatever stands between columns.
struct TextGlance: Sendable {
    /// The beginning as text.
    let text: String
    /// The lines that are not blank, at most 64 of them.
    let lines: [Substring]

    /// Whether it is text; nothing else has lines.
    let isText: Bool

    /// Looks at the first bytes of a file.
    ///
    /// - Parameters:
    ///   - prefix: The bytes.
    ///   - encoding: The encoding of the text, when somebody declared one.
    init(_ prefix: [UInt8], encoding: TextEncoding? = nil) {
        let whole = ContentKind.text(prefix, encoding: encoding)
        isText = whole != nil
        let bytes = whole ?? []
        // The bytes may end inside a character.
        let end =
            prefix.count == ReaderRegistry.prefixLength
            ? bytes.lastIndex(of: 0x0A) ?? bytes.count : bytes.count
        text = encoding?.decode(bytes[..<end]) ?? ForeignText.decode(bytes[..<end])
        lines = Array(
            text.split(whereSeparator: \.isNewline)
                .lazy.filter { !$0.allSatisfy(\.isWhitespace) }.prefix(64))
    }

    /// The cells of a line without quotes and blanks round them.
    func cells(ofLine line: Int) -> [String] {
        guard line < lines.count else { return [] }
        return lines[line].split(omittingEmptySubsequences: false) { ",;\t|".contains($0) }
            .flatMap { cell in
                // Blanks stand between columns where nothing else does.
                cell.count == lines[line].count
                    ? cell.split(whereSeparator: \.isWhitespace) : [cell]
            }
            .map { $0.trimmingCharacters(in: Self.round) }
    }

    private static let round = CharacterSet(charactersIn: "\"' \t\u{FEFF}")

    /// How many cells of a line are numbers, and how many are neither that nor empty.
    func numbers(inLine line: Int) -> (numbers: Int, others: Int) {
        let cells = cells(ofLine: line).filter { !$0.isEmpty }
        let numbers = cells.count { Double($0) != nil }
        return (numbers, cells.count - numbers)
    }

    /// Whether a line behind the first ones holds numbers more than anything else.
    func hasNumbers(behind first: Int) -> Bool {
        lines.indices.contains { line in
            let (numbers, others) = numbers(inLine: line)
            return line >= min(first, lines.count - 1) && numbers > others
        }
    }
}
