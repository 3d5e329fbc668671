private import CSV
private import EMGIngest

/// What the text of a cell is, whichever mark stands before decimals.
enum CellContent: Sendable, Hashable {
    /// How a number is written.
    enum Form: Sendable, Hashable {
        /// Without a fraction.
        case whole
        /// With a point before decimals.
        case point
        /// With a comma before decimals.
        case comma
        /// With something between thousands; the decimal mark is the payload's other one.
        case thousands(Character)
    }

    case number(Double, Form)
    /// A time of day, in seconds of the day.
    case clock(Double)
    /// Nothing, or a word that programs write in its place.
    case missing
    case text

    /// Words for a value that is missing, beside those that every reader takes for it.
    static let words: Set<String> = [
        "na", "n/a", "#n/a", "null", "none", "-", "--", "missing", "-nan(ind)", "1.#qnan", "1.#ind",
    ]

    /// Reads a cell without quotes and blanks round it.
    ///
    /// - Parameters:
    ///   - cell: The text.
    ///   - allowsComma: Whether a comma may stand in a number: not where it stands between columns.
    init(_ cell: Substring, allowsComma: Bool) {
        switch CellNumber(Array(cell.utf8)[...]) {
        case .missing: self = .missing
        case .integer(let value): self = .number(Double(value), .whole)
        case .decimal(let value): self = .number(value, .point)
        case .tooLarge: self = .number(.infinity, .whole)
        case .invalid:
            self =
                (allowsComma ? Self.european(cell) : nil) ?? WallClock(Array(cell.utf8)[...]).map {
                    .clock($0.seconds)
                }
                ?? (Self.words.contains(cell.lowercased()) ? .missing : .text)
        }
    }

    /// The number; `nil` for anything else.
    var value: Double? {
        switch self {
        case .number(let value, _), .clock(let value): value
        case .missing, .text: nil
        }
    }

    private static func european(_ cell: Substring) -> CellContent? {
        guard cell.utf8.allSatisfy({ numeric.contains($0) }) else { return nil }
        let commas = cell.count { $0 == "," }
        let points = cell.count { $0 == "." }
        guard commas > 0 else { return nil }
        // What stands last is the decimal mark; what stands before it, or twice, parts thousands.
        let last = cell.last { $0 == "," || $0 == "." }
        let isComma = last == "," && commas == 1
        guard isComma || points <= 1 else { return nil }
        let plain =
            isComma
            ? cell.filter { $0 != "." }.map { $0 == "," ? "." : $0 } : cell.filter { $0 != "," }
        guard let value = Double(String(plain)) else { return nil }
        let isGrouped = isComma ? points > 0 : true
        return .number(value, isGrouped ? .thousands(isComma ? "." : ",") : .comma)
    }

    private static let numeric = Set("0123456789,.+-eE".utf8)
}
