internal import CSV

/// The number with which a text begins: `1925.926 Hz`, `0,5 msec`.
enum LeadingNumber {
    static func read(_ text: String) -> Double? {
        let digits = text.drop { " \t\"'".contains($0) }
            .prefix { $0.isASCII && ($0.isNumber || "+-.,eE".contains($0)) }
        var plain = digits.replacing(",", with: ".")
        while let last = plain.last, !last.isNumber { plain.removeLast() }
        switch CellNumber(Array(plain.utf8)) {
        case .integer(let value): return Double(value)
        case .decimal(let value): return value
        case .tooLarge, .missing, .invalid: return nil
        }
    }
}
