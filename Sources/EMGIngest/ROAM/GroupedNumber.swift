/// Numbers whose digits are grouped by marks of thousands, as in `1,234.5`, `1.234,5` or `1'234`.
///
/// No reader takes them: a mark that is a decimal one in other tables cannot be passed over.
enum GroupedNumber {
    /// What to do about such a cell.
    static let hint =
        "the number has marks of thousands, which no template can describe: export the table again "
        + "with numbers without them (in a spreadsheet, a number format without a separator)"

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

    private static let marks: Set<Character> = [",", ".", "'", "’", " ", "\u{A0}", "\u{202F}"]
}
