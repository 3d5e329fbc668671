/// The wall clock of a ROAM row, `YYYYMMDDhhmmssmmm`.
///
/// Its 17 digits are beyond 2⁵³: read as a `Double` they would lose milliseconds, so they are
/// read as integers, part by part.
package struct ROAMClock: Sendable, Hashable {
    /// Milliseconds since the beginning of 1970 in the clock's own time zone.
    package let milliseconds: Int

    /// Reads 17 ASCII digits, blanks round them allowed; `nil` when it is no date.
    package init?(digits: some Sequence<UInt8>) {
        let text = digits.filter { $0 != UInt8(ascii: " ") }
        let values = text.map { Int($0) - Int(UInt8(ascii: "0")) }
        guard values.count == 17, values.allSatisfy({ (0...9).contains($0) }) else { return nil }
        func number(_ range: Range<Int>) -> Int { values[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        let seconds = ((Self.days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
        milliseconds = seconds * 1_000 + number(14..<17)
    }

    /// The text of a time some milliseconds later.
    ///
    /// - Parameter later: How many; also below 0.
    /// - Returns: 17 digits.
    package func text(after later: Int) -> String {
        let time = milliseconds + later
        let dayLength = 86_400_000
        let day = Int((Double(time) / Double(dayLength)).rounded(.down))
        let rest = time - day * dayLength
        let (year, month, date) = Self.date(day)
        func padded(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        return padded(year, 4) + padded(month, 2) + padded(date, 2)
            + padded(rest / 3_600_000, 2) + padded(rest / 60_000 % 60, 2)
            + padded(rest / 1_000 % 60, 2) + padded(rest % 1_000, 3)
    }

    /// Days since 1 January 1970 in the Gregorian calendar (Hinnant, "chrono-compatible
    /// low-level date algorithms"), and back.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
