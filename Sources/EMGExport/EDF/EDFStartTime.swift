/// When a recording began, by the clock beside it.
package struct EDFStartTime: Sendable, Hashable {
    /// The year, 1985 to 2084.
    package let year: Int
    /// The month, 1 to 12.
    package let month: Int
    /// The day, from 1.
    package let day: Int
    /// The hour, 0 to 23.
    package let hour: Int
    /// The minute, 0 to 59.
    package let minute: Int
    /// The second, 0 to 59.
    package let second: Int

    /// Creates a time; `nil` when it is none that a header can hold.
    package init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
    ) {
        guard (1985...2084).contains(year), (1...12).contains(month) else { return nil }
        let isLeap = year.isMultiple(of: 4)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...days[month - 1]).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }
}
