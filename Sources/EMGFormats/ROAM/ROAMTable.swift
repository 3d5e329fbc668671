/// The columns of the ROAM laboratory's tables: a row index without a name, `gt`, `time_elapsed`,
/// `current_time`, `current_task` and a column for each channel.
package enum ROAMTable {
    /// What the values of ``label`` mean.
    package static let classNames = ["relax", "open", "close"]

    /// The row index.
    package static let index = ""
    /// The class of a sample.
    package static let label = "gt"
    /// Seconds since the program started.
    package static let time = "time_elapsed"
    /// The wall clock; see ``ROAMClock``.
    package static let clock = "current_time"
    /// The task's name.
    package static let task = "current_task"
    /// What stands under ``task`` when there is none.
    package static let noTask = "None"

    /// The name of a channel's column.
    package static func channel(_ number: Int) -> String { "emg\(number)" }

    /// The header of a table.
    ///
    /// - Parameters:
    ///   - channelCount: How many channels.
    ///   - isFull: Whether all columns are there, or only the label, the time and the channels.
    /// - Returns: The line, with its end.
    package static func header(channelCount: Int, isFull: Bool = true) -> String {
        let names = isFull ? [index, label, time, clock, task] : [label, time]
        return (names + (0..<channelCount).map(channel)).joined(separator: ",") + "\n"
    }

    /// The number of a channel by the name of its column.
    ///
    /// - Parameter key: The name in lower case.
    /// - Returns: 3 for `emg3` and `emg_3`; `nil` for the name of another column.
    package static func channelNumber(of key: String) -> Int? {
        guard key.hasPrefix("emg") else { return nil }
        var digits = key.dropFirst(3)
        if digits.first == "_" { digits = digits.dropFirst() }
        guard (1...4).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(digits)
    }
}
