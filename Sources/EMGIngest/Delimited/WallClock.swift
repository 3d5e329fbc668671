/// A time of day as programs write it: `10:11:12.345`, `2023-01-02T10:11:12,3`, `2.1.2023 10:11:12 PM`.
///
/// Dates that begin with the year or have points between day, month and year count; in those with
/// slashes the day or the month may come first, so that they only tell that another day began.
package struct WallClock: Sendable, Hashable {
    /// Days since 1970-01-01; `nil` without a date that counts.
    let day: Int?
    /// What stands where a date may stand.
    let dateText: [UInt8]
    /// Seconds since midnight.
    package let seconds: Double

    /// Reads a cell; `nil` when it is no such time.
    package init?(_ cell: ArraySlice<UInt8>) {
        var rest = cell[...]
        var parts: [ArraySlice<UInt8>] = []
        while !rest.isEmpty {
            let part = rest.prefix { $0 != 0x20 && $0 != UInt8(ascii: "T") && $0 != 0x09 }
            if !part.isEmpty { parts.append(part) }
            rest = rest.dropFirst(part.count + 1)
        }
        var isAfternoon: Bool?
        if let last = parts.last, last.count == 2, last.last.map({ $0 | 0x20 }) == UInt8(ascii: "m")
        {
            switch last.first.map({ $0 | 0x20 }) {
            case UInt8(ascii: "p"): isAfternoon = true
            case UInt8(ascii: "a"): isAfternoon = false
            default: return nil
            }
            parts.removeLast()
        }
        guard let time = parts.last, (1...2).contains(parts.count),
            let seconds = Self.seconds(time, isAfternoon: isAfternoon)
        else { return nil }
        self.seconds = seconds
        dateText = parts.count == 2 ? Array(parts[0]) : []
        day = parts.count == 2 ? Self.day(parts[0]) : nil
        guard parts.count == 1 || day != nil || parts[0].contains(UInt8(ascii: "/")) else {
            return nil
        }
    }

    /// Hours, minutes and seconds, or minutes and seconds.
    private static func seconds(_ text: ArraySlice<UInt8>, isAfternoon: Bool?) -> Double? {
        var text = text
        if text.last == UInt8(ascii: "Z") { text = text.dropLast() }
        // An offset from universal time is the same for all rows.
        if let sign = text.dropFirst().lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == 0x2D }) {
            text = text[..<sign]
        }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let last = parts.last,
            let fraction = decimal(last), fraction < 60 || parts.count == 2 && fraction < 61
        else { return nil }
        let whole = parts.dropLast().map { $0.count <= 4 ? integer($0) : nil }
        guard !whole.contains(nil) else { return nil }
        let numbers = whole.compactMap(\.self)
        var hours = parts.count == 3 ? numbers[0] : 0
        let minutes = numbers[numbers.count - 1]
        guard parts.count == 2 || minutes < 60 else { return nil }
        if let isAfternoon {
            guard (1...12).contains(hours) else { return nil }
            hours = hours % 12 + (isAfternoon ? 12 : 0)
        }
        return Double(hours * 3_600 + minutes * 60) + fraction
    }

    private static func day(_ text: ArraySlice<UInt8>) -> Int? {
        for mark in [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")] {
            let parts = text.split(separator: mark, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let numbers = parts.compactMap { $0.count <= 4 ? integer($0) : nil }
            guard numbers.count == 3 else { return nil }
            if parts[0].count == 4 { return days(numbers[0], numbers[1], numbers[2]) }
            guard mark == UInt8(ascii: "."), parts[2].count == 4 else { return nil }
            return days(numbers[2], numbers[1], numbers[0])
        }
        return nil
    }

    /// Days since 1970-01-01 of the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Years begin with March, so that the leap day is their last.
        let shifted = month > 2 ? year : year - 1
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468
    }

    private static func integer(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 15 else { return nil }
        var value = 0
        for digit in digits {
            guard digit &- UInt8(ascii: "0") < 10 else { return nil }
            value = value * 10 + Int(digit &- UInt8(ascii: "0"))
        }
        return value
    }

    private static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
        let parts = text.split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
        guard let whole = parts.first, whole.count <= 2, let seconds = integer(whole) else {
            return nil
        }
        guard parts.count == 2 else { return Double(seconds) }
        let digits = parts[1].prefix(12)
        guard parts[1].allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let fraction = integer(digits)
        else { return nil }
        var power = 1.0
        for _ in digits { power *= 10 }
        return Double(seconds) + Double(fraction) / power
    }
}

/// Times of day one after the other, which go on behind midnight.
struct WallClockCounter: Sendable {
    private static let day = 86_400.0

    private var firstDay: Int?
    private var days = 0
    private var last: WallClock?

    /// The seconds since the midnight before the first time.
    ///
    /// - Parameter clock: The next time.
    /// - Returns: `nil` when the date changes in a way that cannot be counted.
    mutating func seconds(of clock: WallClock) -> Double? {
        defer { last = clock }
        if let day = clock.day {
            let first = firstDay ?? day
            firstDay = first
            return Double(day - first) * Self.day + clock.seconds
        }
        if let last {
            let isNext = last.seconds - clock.seconds > Self.day / 2
            guard isNext || last.dateText == clock.dateText else { return nil }
            if isNext { days += 1 }
        }
        return Double(days) * Self.day + clock.seconds
    }
}
