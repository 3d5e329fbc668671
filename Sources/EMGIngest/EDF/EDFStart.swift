internal import EMGFormats

/// When a recording began.
struct EDFStart: Sendable, Hashable {
    /// `2024-01-02T13:45:00` by the recorder's clock; `nil` when the header does not say, or has
    /// the date of anonymous files.
    let text: String?

    /// Reads date and time of a header.
    ///
    /// The date of the fixed fields has two digits for the year, which stand for 1985 to 2084;
    /// the one in the recording's field of EDF+ has four and counts more.
    init(_ fields: inout EDFFields, recording: String) {
        let dateText = fields.text(.startDate)
        let timeText = fields.text(.startTime)
        let short = Self.numbers(dateText).flatMap { parts -> (Int, Int, Int)? in
            let year = parts[2] >= 85 ? 1900 + parts[2] : 2000 + parts[2]
            return Self.isDate(year, parts[1], parts[0]) && parts[2] < 100
                ? (year, parts[1], parts[0]) : nil
        }
        if short == nil {
            fields.warn(.startDate, "\"\(dateText)\" is no date of the form dd.mm.yy")
        }
        let time = Self.numbers(timeText).flatMap { parts in
            parts[0] < 24 && parts[1] < 60 && parts[2] <= 60 ? parts : nil
        }
        if time == nil {
            fields.warn(.startTime, "\"\(timeText)\" is no time of the form hh.mm.ss")
        }
        let words = recording.split(separator: " ", omittingEmptySubsequences: true)
        var date = short
        if words.count >= 2, words[0].lowercased() == EDFText.startDateWord.lowercased() {
            if words[1] == EDFText.unknown {
                date = nil
            } else if let long = Self.date(long: String(words[1])) {
                date = long
                if let short, short != long, !(short.0 % 100 == long.0 % 100) {
                    fields.warn(
                        .recording,
                        "the start date \(words[1]) is not \(dateText): the first one counts")
                }
            } else {
                fields.warn(.recording, "\"\(words[1])\" is no date of the form dd-MMM-yyyy")
            }
        } else if let short, short == (1985, 1, 1) {
            date = nil
        }
        text = date.map { date in
            let clock = time ?? [0, 0, 0]
            return Self.padded(date.0, 4) + "-" + Self.padded(date.1) + "-" + Self.padded(date.2)
                + "T" + clock.map { Self.padded($0) }.joined(separator: ":")
        }
    }

    /// The recording equipment in the recording's field of EDF+; empty when it does not say.
    static func equipment(in recording: String) -> String {
        let words = recording.split(separator: " ")
        guard words.count >= 5, words[0].lowercased() == EDFText.startDateWord.lowercased(),
            words[4] != EDFText.unknown
        else {
            return ""
        }
        return String(words[4])
    }

    /// Year, month and day of `02-JAN-2024`; `nil` when it is none.
    static func date(long text: String) -> (Int, Int, Int)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let day = Int(parts[0]), let year = Int(parts[2]),
            let month = EDFText.months.firstIndex(of: parts[1].uppercased()),
            parts[2].utf8.count == 4,
            isDate(year, month + 1, day)
        else { return nil }
        return (year, month + 1, day)
    }

    /// Three numbers between points, or what programs write in place of points.
    private static func numbers(_ text: String) -> [Int]? {
        let parts = text.split(omittingEmptySubsequences: false) { ".:-/ ".contains($0) }
        let numbers = parts.compactMap { part in
            part.utf8.count <= 2 && !part.isEmpty ? Int(part) : nil
        }
        return numbers.count == 3 && parts.count == 3 && numbers.allSatisfy { $0 >= 0 }
            ? numbers : nil
    }

    private static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1...12).contains(month), year > 0 else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private static func padded(_ number: Int, _ count: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
