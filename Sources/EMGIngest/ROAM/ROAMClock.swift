/// The wall clock of a ROAM row, `YYYYMMDDhhmmssmmm`.
///
/// Its 17 digits are beyond 2⁵³: read as a `Double` they would lose milliseconds, so they are
/// read as integers, part by part.
struct ROAMClock: Sendable, Hashable {
    /// Milliseconds since the beginning of 1970 in the clock's own time zone.
    let milliseconds: Int64

    /// Reads 17 ASCII digits, blanks round them allowed; `nil` when it is no date.
    init?(digits: some Sequence<UInt8>) {
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
        milliseconds = Int64(seconds) * 1_000 + Int64(number(14..<17))
    }

    /// Days since 1 January 1970 in the Gregorian calendar (Hinnant, "chrono-compatible
    /// low-level date algorithms").
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }
}
