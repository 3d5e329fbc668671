internal import PrintableText

/// What the text of a cell says as a number.
///
/// The grammar is `[blanks][+|-]digits[.digits][e[+|-]digits][blanks]` in ASCII, with at least one
/// digit before the exponent: no hexadecimal, no underscores, no other digits, no decimal comma.
package enum CellNumber: Sendable, Hashable {
    /// A whole number that `Int64` holds.
    case integer(Int64)
    /// Any other number of the grammar that is finite as a `Double`.
    case decimal(Double)
    /// A number of the grammar that is too large for either.
    case tooLarge
    /// Nothing at all, `nan` or `inf`: what programs write for a value they do not have.
    case missing
    /// Something else.
    case invalid

    /// Reads the content of a cell.
    package init(_ cell: [UInt8]) {
        self.init(cell[...])
    }

    /// Reads the content of a cell.
    package init(_ cell: ArraySlice<UInt8>) {
        guard !cell.isEmpty else {
            self = .missing
            return
        }
        var rest = cell
        rest = rest.drop(while: Self.isBlank)
        while let last = rest.last, Self.isBlank(last) { rest.removeLast() }
        var unsigned = rest
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { unsigned.removeFirst() }
        let whole = Self.takeDigits(&unsigned)
        var isWhole = true
        var fraction = 0
        if unsigned.first == UInt8(ascii: ".") {
            unsigned.removeFirst()
            fraction = Self.takeDigits(&unsigned)
            isWhole = false
        }
        guard whole + fraction > 0 else {
            let word = ForeignText.decode(unsigned).lowercased()
            self = isWhole && Self.missingWords.contains(word) ? .missing : .invalid
            return
        }
        if unsigned.first == UInt8(ascii: "e") || unsigned.first == UInt8(ascii: "E") {
            unsigned.removeFirst()
            if unsigned.first == UInt8(ascii: "-") || unsigned.first == UInt8(ascii: "+") {
                unsigned.removeFirst()
            }
            guard Self.takeDigits(&unsigned) > 0 else {
                self = .invalid
                return
            }
            isWhole = false
        }
        let text = ForeignText.decode(rest)
        guard unsigned.isEmpty else {
            self = .invalid
            return
        }
        if isWhole {
            self = Int64(text).map(CellNumber.integer) ?? .tooLarge
        } else if let value = Double(text), value.isFinite {
            self = .decimal(value)
        } else {
            self = .tooLarge
        }
    }

    private static let missingWords: Set<String> = ["nan", "inf", "infinity"]

    private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> Int {
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        bytes = bytes.dropFirst(digits.count)
        return digits.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
