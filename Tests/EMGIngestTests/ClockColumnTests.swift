import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Columns of time in text")
struct ClockColumnTests {
    /// How a program writes the time of a row that is `step` seconds apart from the next.
    struct Writing: Sendable, CustomTestStringConvertible {
        let name: String
        let unit: String
        let write: @Sendable (Double) -> String
        var testDescription: String { name }
    }

    static let writings = [
        Writing(name: "hours", unit: "h") { "\($0 / 3_600)" },
        Writing(name: "Excel days", unit: "days") { "\(45_000 + $0 / 86_400)" },
        Writing(name: "samples", unit: "samples") { "\(Int(($0 * 100).rounded()))" },
        Writing(name: "wall clock", unit: "clock") { clock($0 + 86_395) },
        Writing(name: "wall clock with a comma", unit: "clock") {
            "\"\(clock($0 + 3_600).replacing(".", with: ","))\""
        },
        Writing(name: "ISO dates", unit: "clock") { date($0 + 86_395, "2023-12-31", "2024-01-01") },
        Writing(name: "dates with points", unit: "clock") {
            date($0 + 86_395, "28.02.2024", "29.02.2024").replacing("T", with: " ")
        },
        Writing(name: "dates with slashes", unit: "clock") {
            date($0 + 86_395, "02/28/24", "02/29/24").replacing("T", with: " ")
        },
        Writing(name: "half days", unit: "clock") {
            clock($0 + 3_600 * 11) + " AM"
        },
        Writing(name: "minutes and seconds", unit: "clock") {
            let hundredths = Int(($0 * 100).rounded())
            return
                "5:\(String(hundredths / 100 + 100).dropFirst()).\(String(hundredths % 100 + 100).dropFirst())"
        },
    ]

    private static func clock(_ seconds: Double) -> String {
        let hundredths = Int((seconds * 100).rounded()) % 8_640_000
        func two(_ value: Int) -> String { String(String(value + 100).dropFirst()) }
        let whole = hundredths / 100
        return
            "\(two(whole / 3_600)):\(two(whole / 60 % 60)):\(two(whole % 60)).\(two(hundredths % 100))"
    }

    private static func date(_ seconds: Double, _ first: String, _ next: String) -> String {
        "\(seconds + 0.001 < 86_400 ? first : next)T\(clock(seconds))"
    }

    @Test("each way to write a time gives the rate, over midnight, too", arguments: writings)
    func units(writing: Writing) throws {
        let text =
            "t,a\n" + (0..<1_200).map { "\(writing.write(Double($0) / 100)),\($0 % 7)\n" }.joined()
        let recording = try TextExport.read(
            text, "{time: {column: t, unit: \(writing.unit)}}",
            more: writing.unit == "samples" ? "rate_hz: 100" : ""
        ).recording
        #expect(abs(recording.samplingRate.hertz - 100) < 1e-3)
        let stamps = try #require(recording.timeStamps)
        #expect(abs(stamps[1_199] - stamps[0] - 11.99) < 1e-5)
        #expect(recording.quality.allSatisfy { $0.kind != .gap })
    }

    @Test(
        "the header's unit counts when the template names none",
        arguments: [("ms", 10), ("min", 1 / 6_000), ("sec", 0.01), ("s", 0.01)]
            as [(String, Double)])
    func headerUnit(unit: String, step: Double) throws {
        let text =
            "t,a\n\(unit),mV\n" + (0..<600).map { "\(Double($0) * step),\($0 % 5)\n" }.joined()
        let recording = try TextExport.read(
            text, "{header_rows: [names, units], time: {column: t}}"
        ).recording
        #expect(abs(recording.samplingRate.hertz - 100) < 1e-3)
    }

    @Test(
        "a time that is none is refused with its place",
        arguments: ["25:61:00", "now", "10:00:99.5", "2023-13-01 10:00:00", ""])
    func badClock(cell: String) throws {
        let text = "t,a\n10:00:00.00,1\n\(cell),2\n10:00:00.02,3\n"
        let fault = try TextExport.fault(text, "{time: {column: t, unit: clock}}")
        #expect(fault.location.line == 3 && fault.location.field == "t")
    }

    @Test("the clocks of channels and groups are the columns before them")
    func clocks() throws {
        let text =
            "t1,e1,e2,t2,acc x\n"
            + (0..<40).map { row in
                "\(Double(row) / 200),\(row),-\(row),"
                    + (row < 10 ? "\(Double(row) / 50),\(row * 2)\n" : ",\n")
            }.joined()
        let parts = try TextExport.parts(text, "{time: {columns: [\"t*\"]}}", more: "unit: mV")
        #expect(parts.map { $0.header.channels.map(\.name) } == [["e1", "e2"], ["acc x"]])
        #expect(parts.map(\.header.samplingRate.hertz) == [200, 50])
        #expect(parts.map(\.header.sampleCount) == [40, 10])
        let main = try TextExport.read(text, "{time: {columns: [1, 4]}}", more: "unit: mV")
        #expect(main.recording.samples[7, 1] == -7)
        #expect(main.recording.timeStamps?[7] == 0.035)
        #expect(main.warnings.contains { $0.kind == .partLeftOut })
        let fault = try TextExport.fault(text, "{channels: [t1, e1], time: {columns: [t2]}}")
        #expect(fault.hint.contains("time: columns"))
    }

    @Test("a channel that ends before others of its rate ends the part, and is told")
    func unevenEnds() throws {
        let text =
            "t,a,u,b\n"
            + (0..<20).map { row in
                "\(Double(row) / 100),\(row),\(Double(row) / 100),\(row < 18 ? "\(row)" : "")\n"
            }.joined()
        let outcome = try TextExport.read(text, "{time: {columns: [t, u]}}")
        #expect(outcome.recording.sampleCount == 18)
        let told = try #require(outcome.warnings.first { $0.kind == .lengthMismatch })
        #expect(told.count == 2 && told.location.line == 20 && told.message.contains("b ends"))
    }

    @Test("a hole in the middle is refused where it begins", arguments: [false, true])
    func hole(isWhole: Bool) throws {
        let text =
            "t,a,u,b\n"
            + (0..<20).map { row in
                let isHole = (8..<10).contains(row)
                return isHole
                    ? "\(Double(row) / 100),\(isWhole ? "" : "1"),\(Double(row) / 100),\n"
                    : "\(Double(row) / 100),\(row),\(Double(row) / 100),\(row)\n"
            }.joined()
        let fault = try TextExport.fault(text, "{time: {columns: [t, u]}}")
        #expect(fault.kind.name == "missing-value" && fault.location.line == 10)
    }
}
