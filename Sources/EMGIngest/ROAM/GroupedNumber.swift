/// Numbers whose digits are grouped by marks of thousands, as in `1,234.5`, `1.234,5` or `1'234`.
///
/// Nothing reads them unasked: a mark that is a decimal one in other tables cannot be passed over. A
/// template says which mark it is.
enum GroupedNumber {
    /// What to do about such a cell.
    static let hint =
        "the number has marks of thousands: a template that names them reads it "
        + "(thousands: comma, --template FILE)"

    /// Whether a cell holds such a number and can be no decimal one: with a point beside a comma,
    /// with two groups at least, or with a mark that is never a decimal one.
    static func recognizes(_ cell: String) -> Bool {
        var marks: [Character] = []
        var runs = [0]
        for character in cell.drop(while: { $0 == "+" || $0 == "-" || $0 == " " }) {
            if character.isASCII, character.isNumber {
                runs[runs.count - 1] += 1
            } else if Self.marks.contains(character) {
                marks.append(character)
                runs.append(0)
            } else {
                return false
            }
        }
        guard let mark = marks.first, let last = marks.last, (1...3).contains(runs[0]) else {
            return false
        }
        let hasFraction = last != mark && (last == "." || last == ",")
        let groups = hasFraction ? runs.dropFirst().dropLast() : runs.dropFirst()
        guard groups.allSatisfy({ $0 == 3 }),
            (hasFraction ? marks.dropLast() : marks[...]).allSatisfy({ $0 == mark })
        else { return false }
        return hasFraction || groups.count > 1 || (mark != "." && mark != ",")
    }

    /// The mark of a cell that ``recognizes(_:)``.
    static func mark(in cell: String) -> DelimitedLayout.ThousandsMark? {
        guard recognizes(cell),
            let mark = cell.drop(while: { "+- ".contains($0) }).first(where: marks.contains)
        else { return nil }
        return switch mark {
        case ",": .comma
        case ".": .point
        case "'", "’": .apostrophe
        default: .blank
        }
    }

    /// A number without its marks of thousands.
    ///
    /// - Parameters:
    ///   - bytes: The cell.
    ///   - mark: What stands between thousands.
    ///   - decimalMark: What stands before decimals.
    /// - Returns: `nil` when there is no mark, or groups of other than three digits.
    static func ungrouped(
        _ bytes: ArraySlice<UInt8>, mark: DelimitedLayout.ThousandsMark, _ decimalMark: UInt8
    ) -> [UInt8]? {
        let forms: [[UInt8]] =
            switch mark {
            case .comma: [[UInt8(ascii: ",")]]
            case .point: [[UInt8(ascii: ".")]]
            case .apostrophe: [[UInt8(ascii: "'")], Array("’".utf8), [0x92]]
            case .blank: [[0x20], Array("\u{A0}".utf8), Array("\u{202F}".utf8), [0xA0]]
            }
        var plain: [UInt8] = []
        var rest = bytes
        var run = 0
        var groups = 0
        while let byte = rest.first, byte != decimalMark, byte | 0x20 != UInt8(ascii: "e") {
            if let form = forms.first(where: { rest.starts(with: $0) }) {
                guard groups == 0 ? (1...3).contains(run) : run == 3 else { return nil }
                groups += 1
                run = 0
                rest = rest.dropFirst(form.count)
                continue
            }
            if byte &- UInt8(ascii: "0") < 10 { run += 1 }
            plain.append(byte)
            rest = rest.dropFirst()
        }
        guard groups > 0, run == 3 else { return nil }
        return plain + rest
    }

    private static let marks: Set<Character> = [",", ".", "'", "’", " ", "\u{A0}", "\u{202F}"]
}
