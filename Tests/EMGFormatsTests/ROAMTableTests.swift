import EMGFormats
import Foundation
import Testing

@Suite("ROAM tables")
struct ROAMTableTests {
    @Test("the name of each column of channels is read back as its number")
    func channels() {
        for number in [0, 7, 15, 9_999] {
            #expect(ROAMTable.channelNumber(of: ROAMTable.channel(number)) == number)
            #expect(ROAMTable.channelNumber(of: "emg_\(number)") == number)
        }
        for other in ["emg", "emg_", "emg12345", "emgx", "gt", "semg1", "emg-1"] {
            #expect(ROAMTable.channelNumber(of: other) == nil)
        }
    }

    @Test("a header names the columns that are there")
    func header() {
        #expect(
            ROAMTable.header(channelCount: 2)
                == ",gt,time_elapsed,current_time,current_task,emg0,emg1\n")
        #expect(ROAMTable.header(channelCount: 1, isFull: false) == "gt,time_elapsed,emg0\n")
    }

    /// The text of a time by Foundation's calendar.
    private func text(_ milliseconds: Int) throws -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let seconds = Int((Double(milliseconds) / 1_000).rounded(.down))
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second],
            from: Date(timeIntervalSince1970: Double(seconds)))
        func two(_ number: Int?) -> String { String(String(100 + (number ?? 0)).suffix(2)) }
        return String(String(10_000 + (parts.year ?? 0)).suffix(4)) + two(parts.month)
            + two(parts.day) + two(parts.hour) + two(parts.minute) + two(parts.second)
            + String(String(1_000 + milliseconds - seconds * 1_000).suffix(3))
    }

    @Test(
        "a clock agrees with the calendar, over leap days and ends of years",
        arguments: [
            "19700101000000000", "20240228235959999", "20240229120000001", "20001231235959500",
            "21000228235959999", "19991231235959999",
        ])
    func clock(digits: String) throws {
        let clock = try #require(ROAMClock(digits: digits.utf8))
        #expect(try text(clock.milliseconds) == digits)
        for later in [0, 1, 86_400_000, -1, 31_622_400_000] {
            #expect(try clock.text(after: later) == text(clock.milliseconds + later))
        }
    }

    @Test(
        "what is no date is no clock",
        arguments: [
            "", "2024022812000000", "20241301000000000", "20240228240000000", "2024022812000000x",
        ])
    func noClock(digits: String) { #expect(ROAMClock(digits: digits.utf8) == nil) }
}
