import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("ROAM reader")
struct ROAMReaderTests {
    @Test("a good table is read without a warning")
    func good() throws {
        let outcome = try readTable(TableText().text)
        let recording = outcome.recording
        #expect(outcome.warnings == [])
        #expect(recording.sampleCount == 200)
        #expect(recording.channels.map(\.name) == (0..<8).map { "emg\($0)" })
        #expect(recording.samplingRate.hertz == 100)
        #expect(recording.effectiveRate.hertz == 100)
        #expect(recording.identity.id == "p7/2023_03_28_p7/131")
        #expect(recording.labels?.classNames == ["relax", "open", "close"])
        #expect(recording.labels?.runs.map(\.range.count) == [40, 40, 40, 40, 40])
        #expect(recording.timeStamps?.first == 2.03)
        #expect(recording.timeStamps?.last == 4.02)
        for row in 0..<200 {
            for channel in 0..<8 {
                let label = recording.labels?.values[row] ?? 9
                #expect(
                    recording.samples[row, channel]
                        == Float(TableText.sample(row, channel, label: label)))
            }
        }
        #expect(recording.source.name == "p7_131.csv")
        #expect(recording.source.sha256.count == 64)
        let step = try #require(recording.history.first)
        #expect(step.operation == "ingest.roam-csv")
        #expect(step.parameters["first_current_time"] == .text("20230328142052470"))
        #expect(step.parameters["time_stamps_from"] == .text("time_elapsed"))
    }

    /// The same table, written differently.
    static let relatives: [(String, @Sendable (String) -> [UInt8])] = [
        ("CRLF", { Array($0.replacing("\n", with: "\r\n").utf8) }),
        ("lone CR", { Array($0.replacing("\n", with: "\r").utf8) }),
        ("a byte order mark", { [0xEF, 0xBB, 0xBF] + Array($0.utf8) }),
        ("blank lines at the end", { Array(($0 + "\n\n \n").utf8) }),
        (
            "every field in quotes",
            { text in
                Array(
                    text.split(separator: "\n").map { line in
                        line.split(separator: ",", omittingEmptySubsequences: false)
                            .map { "\"\($0)\"" }.joined(separator: ",")
                    }.joined(separator: "\n").appending("\n").utf8)
            }
        ),
        ("a comma in a quoted field", { Array($0.replacing("None", with: "\"None, q\"").utf8) }),
        ("a formula in a text field", { Array($0.replacing("None", with: "=cmd|'/C x'!A1").utf8) }),
        ("blanks round numbers", { Array($0.replacing(",", with: " , ").utf8) }),
        ("underscores in names", { Array($0.replacing("emg", with: "emg_").utf8) }),
        ("capitals in names", { Array($0.replacing("emg", with: "EMG").utf8) }),
        ("a name for the index", { Array(("index" + $0).utf8) }),
        (
            "decimals",
            { Array($0.replacing("\n", with: ".0\n").replacing("emg7.0", with: "emg7").utf8) }
        ),
        ("a quoted line end", { Array($0.replacing("None", with: "\"two\nlines\"").utf8) }),
    ]

    @Test("relatives of a table hold the same recording", arguments: relatives.indices)
    func relative(index: Int) throws {
        let (name, rewritten) = Self.relatives[index]
        let reference = try readTable(TableText().text).recording
        let outcome = try readTable(rewritten(TableText().text))
        #expect(outcome.recording.samples == reference.samples, "\(name)")
        #expect(outcome.recording.labels == reference.labels, "\(name)")
        #expect(outcome.recording.timeStamps == reference.timeStamps, "\(name)")
        #expect(outcome.warnings == [], "\(name)")
    }

    @Test("columns are found by name in any order, the optional ones may be missing")
    func order() throws {
        let reference = try readTable(TableText().text).recording
        let order = [7, 12, 5, 1, 6, 9, 2, 8, 11, 10]
        let text =
            TableText().lines.map { line in
                let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                return order.map { String(fields[$0]) }.joined(separator: ",")
            }.joined(separator: "\n") + "\n"
        let recording = try readTable(text).recording
        #expect(recording.samples == reference.samples)
        #expect(recording.labels == reference.labels)
        #expect(recording.timeStamps == reference.timeStamps)
    }

    @Test("any number of channels from one on is read")
    func channelCounts() throws {
        let one = "gt,emg_0,time_elapsed\n0,1,0.00\n0,2,0.01\n1,-3.5,0.02\n"
        let recording = try readTable(one).recording
        #expect(recording.samples.values == [1, 2, -3.5])
        #expect(recording.channels.map(\.name) == ["emg_0"])
        let many = (0..<12).map { "emg\($0)" }.joined(separator: ",")
        let row = (0..<12).map(String.init).joined(separator: ",")
        let wide = try readTable("gt,time_elapsed,\(many)\n0,0,\(row)\n0,.5,\(row)\n").recording
        #expect(wide.samples.channelCount == 12)
        #expect(wide.samples[1, 11] == 11)
    }

    @Test("without elapsed time the wall clock tells the rate, to the millisecond")
    func wallClock() throws {
        let rows = ["235959990", "000000000", "000000010"].enumerated().map { index, time in
            "0,202412\(index == 0 ? "30" : "31")\(time),\(index)"
        }
        let recording = try readTable(
            "gt,current_time,emg0\n" + rows.joined(separator: "\n") + "\n"
        ).recording
        #expect(recording.samplingRate.hertz == 100)
        let times = try #require(recording.timeStamps)
        #expect(abs(times[1] - times[0] - 0.01) < 1e-6)
        #expect(recording.history[0].parameters["time_stamps_from"] == .text("current_time"))
    }

    @Test("a declared rate stands, and a disagreement with the time stamps is reported")
    func declaredRate() throws {
        let bare = "gt,emg0\n0,1\n1,2\n"
        let declared = ReadOptions(samplingRateHertz: 200)
        #expect(try readTable(bare, options: declared).recording.samplingRate.hertz == 200)
        let outcome = try readTable(TableText().text, options: declared)
        #expect(outcome.recording.samplingRate.hertz == 200)
        #expect(outcome.warnings.contains { $0.kind == .rateDisagreement })
    }

    @Test("quoted cells give the same numbers as plain ones, whatever the number", arguments: 1...4)
    func plainAndQuoted(round: Int) throws {
        var state = UInt64(round) &* 0x9e37_79b9_7f4a_7c15
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        func number() -> String {
            let sign = next(3) == 0 ? "-" : ""
            let whole = String(next(10)) + (0..<next(9)).map { _ in String(next(10)) }.joined()
            guard next(2) == 0 else { return sign + whole }
            return sign + whole + "." + (0...next(16)).map { _ in String(next(10)) }.joined()
        }
        var plain = "gt,time_elapsed,emg0,emg1,emg2\n"
        var quoted = plain
        for row in 0..<500 {
            let cells = [number(), number(), number()]
            let time = "\(row).\(next(1_000_000_000))"
            plain += "\(row % 3),\(time),\(cells.joined(separator: ","))\n"
            quoted +=
                "\"\(row % 3)\",\"\(time)\",\(cells.map { "\"\($0)\"" }.joined(separator: ","))\n"
        }
        let options = ReadOptions(samplingRateHertz: 10)
        let one = try readTable(plain, options: options).recording
        let other = try readTable(quoted, options: options).recording
        #expect(one.samples == other.samples)
        #expect(one.timeStamps == other.timeStamps)
    }

    @Test(
        "a table of many pieces is read whole, whichever line ends it has",
        arguments: ["\n", "\r\n"])
    func manyPieces(lineEnd: String) throws {
        var text = "gt,time_elapsed,emg0,emg1\(lineEnd)"
        let count = 60_000
        for row in 0..<count {
            text += "\(row / 1_000 % 2),\(row / 100).\(String(row % 100 + 100).dropFirst()),"
            text += "\(row * 7 % 1_000),-\(row * 13 % 512)\(lineEnd)"
        }
        let recording = try readTable(text).recording
        #expect(recording.sampleCount == count)
        for row in 0..<count {
            guard recording.samples[row, 0] == Float(row * 7 % 1_000),
                recording.samples[row, 1] == -Float(row * 13 % 512)
            else {
                Issue.record("row \(row) is \(recording.samples[row, 0])")
                break
            }
        }
        #expect(recording.timeStamps?.last == Double(count - 1) / 100)
    }

    @Test("the line of a fault counts blank lines and line ends inside quotes")
    func lineOfFault() throws {
        var table = TableText()
        table.lines[49] = table.lines[49].replacing("None", with: "\"a\nb\r\nc\"")
        table.lines.insert("", at: 20)
        table.lines.insert("", at: 20)
        let row = table.lines.firstIndex { $0.hasPrefix("100,") } ?? 0
        table.set(line: row + 1, column: 9, to: "bad")
        let error = #expect(throws: IngestError.self) { try readTable(table.text) }
        #expect(error?.location.line == 102 + 2 + 2)
        #expect(error?.location.field == "emg4")
    }

    @Test("a header tells channels and time without reading samples")
    func header() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "any.csv")
        try Data((TableText.header + "\nnot a row\n").utf8).write(to: file)
        let stream = try #require(
            try ROAMReader().open(file, options: ReadOptions(unit: "uV")).first)
        let metadata = stream.metadata
        #expect(metadata.channels.count == 8)
        #expect(metadata.channels.first == Channel(name: "emg0", unit: "uV"))
        #expect(metadata.labels == .classes(["relax", "open", "close"]) && metadata.hasTimeStamps)
    }
}
