import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("What the lines before the rows of a table say")
struct HeaderRowTests {
    static let rows = "0,1.5,2\n0.01,3,4\n0.02,5,6\n"

    @Test(
        "rows between names and numbers are used",
        arguments: [
            ("[names, units]", "t,a,b\ns,mV,uV\n"), ("[units, names]", "s,mV,uV\nt,a,b\n"),
            ("[skip, names, skip, units]", "x,y,z\nt,a,b\n1,1,1\nsec,mV,\u{B5}V\n"),
            ("[names, units, text]", "t,a,b\ns,mV,uV\n,anything,\nmore\n"),
            ("[names, units, counts]", "t,a,b\ns,mV,uV\n,3,3\n"),
        ])
    func units(rows kinds: String, header: String) throws {
        let recording = try TextExport.read(
            header + Self.rows, "{header_rows: \(kinds), time: {column: t}}"
        ).recording
        #expect(
            recording.channels == [Channel(name: "a", unit: "mV"), Channel(name: "b", unit: "uV")])
        #expect(recording.samples.values == [1.5, 2, 3, 4, 5, 6])
        #expect(recording.samplingRate.hertz == 100)
    }

    @Test(
        "names of groups come before the names below them",
        arguments: [",", ";", "\t"])
    func groups(delimiter: String) throws {
        let text =
            ["", "S1", "", "S2"].joined(separator: delimiter) + "\n"
            + ["t", "EMG", "ACC X", "EMG"].joined(separator: delimiter) + "\n"
            + ["s", "mV", "g", "mV"].joined(separator: delimiter) + "\n"
            + (0..<4).map {
                ["\(Double($0) / 100)", "\($0)", "9", "-\($0)"].joined(separator: delimiter) + "\n"
            }.joined()
        let outcome = try TextExport.read(
            text, "{header_rows: [groups, names, units], time: {column: t}}")
        #expect(outcome.recording.channels.map(\.name) == ["S1: EMG", "S2: EMG"])
        #expect(outcome.recording.samples.values == [0, 0, 1, -1, 2, -2, 3, -3])
        #expect(outcome.warnings.contains { $0.message.contains("S1: ACC X") })
    }

    @Test(
        "one rate for all or one for each column makes the rate",
        arguments: [
            ("[rate_hz, names]", "250\na,b\n"), ("[names, rates_hz]", "a,b\n250,250\n"),
            ("[names, rates_hz]", "a,b\n250.0 Hz,250.0 Hz\n"),
        ])
    func rates(rows kinds: String, header: String) throws {
        let outcome = try TextExport.read(
            header + "1,2\n3,4\n5,6\n", "{header_rows: \(kinds)}")
        #expect(outcome.recording.samplingRate.hertz == 250)
        #expect(outcome.recording.samples.values == [1, 2, 3, 4, 5, 6])
    }

    @Test("columns of other rates end earlier and are parts of their own")
    func ratesApart() throws {
        let text =
            "a,b,c\n200,50,200\n"
            + (0..<8).map { "\($0),\($0 < 2 ? "\($0 + 9)" : ""),-\($0)\n" }
            .joined()
        let parts = try TextExport.parts(text, "{header_rows: [names, rates_hz]}")
        #expect(parts.map { $0.header.channels.map(\.name) } == [["a", "c"], ["b"]])
        #expect(parts.map(\.header.samplingRate.hertz) == [200, 50])
        #expect(parts.map(\.header.sampleCount) == [8, 2])
    }

    @Test("one column of time is that of the fastest channels")
    func sharedTime() throws {
        let rows = (0..<40).map { row in
            let time = Double(row) / 100 + (row < 20 ? 0 : 1)
            return "\(time),\(row),\(row < 4 ? "5" : "")\n"
        }
        let parts = try TextExport.parts(
            "t,a,b\n,100,10\n" + rows.joined(),
            "{header_rows: [names, rates_hz], time: {column: t}}")
        #expect(parts.map(\.header.hasTimeStamps) == [true, false])
        #expect(parts.map(\.header.sampleCount) == [40, 4])
        #expect(parts[0].header.quality.filter { $0.kind == .gap }.map(\.range.start) == [20])
    }

    @Test("a count of samples that is not that of the rows is told", arguments: [2, 3, 4])
    func counts(count: Int) throws {
        let outcome = try TextExport.read(
            "t,a\n,\(count)\n0,1\n0.01,2\n0.02,3\n",
            "{header_rows: [names, counts], time: {column: t}}")
        let told = outcome.warnings.first { $0.message.contains("the file says") }
        #expect(told?.kind == (count == 3 ? nil : count == 4 ? .truncated : .headerFault))
        #expect(outcome.recording.samples.values == [1, 2, 3])
    }

    @Test(
        "rates, units and names are found in the lines before the table",
        arguments: [
            ("rate_hz: Frequency", "Frequency: 500 Hz\n"),
            ("rate_hz: Frequency", "frequency=500\n"),
            ("rate_hz: Frequency", "Frequency,500\n"),
            ("rate_hz: Frequency", "\"Frequency\",\"500\"\n"),
            ("rate_hz: [Rate, Frequency]", "Lab\tX\nFrequency:    \t500 Hz\n"),
            ("rate_hz: Frequency", "kind,Frequency,count\nrecord,500,4\n\n"),
            ("rate_hz: Frequency", "{\"a\": {\"b\": [{\"frequency\": 500}]}}\n"),
            ("rate_hz: Frequency", "# {\"frequency\": 500}\n"),
            ("interval: Interval", "Interval=\t0.002 s\n"),
            ("interval: Interval", "Interval=\t2 ms\n"),
            ("interval: \"{} msec/sample\"", "2 msec/sample\n"),
            ("interval: \"* every {} of *\"", "a sample every 0,002 of a second\n"),
            ("rate_hz: \"{} samples per second\"", "500 samples per second\n"),
        ])
    func stated(stated: String, preamble: String) throws {
        let recording = try TextExport.read(
            "Recorder 3\n\(preamble)a,b\n1,2\n3,4\n5,6\n",
            "{preamble: text, stated: {\(stated)}}", more: "unit: mV"
        ).recording
        #expect(recording.samplingRate.hertz == 500)
        #expect(recording.channels.map(\.name) == ["a", "b"])
        #expect(recording.samples.values == [1, 2, 3, 4, 5, 6])
    }

    @Test("names and units before a table without a header, and comments that say something")
    func statedNames() throws {
        let list = "Channels=a;b\nUnits=mV;5 uV\n1,5;2\n3;4\n"
        let outcome = try TextExport.read(
            list,
            "{preamble: text, header: false, decimal: comma, stated: {names: Channels, units: Units}}",
            options: ReadOptions(samplingRateHertz: 100))
        #expect(
            outcome.recording.channels
                == [Channel(name: "a", unit: "mV"), Channel(name: "b", unit: "uV")])
        #expect(outcome.recording.samples.values == [1.5, 2, 3, 4])
        let comments = try TextExport.read(
            "% fs: 250\n% unit: V\nx,y\n1,2\n% pause\n3,4\n",
            "{comment: \"%\", stated: {rate_hz: fs, unit: unit}}")
        #expect(comments.recording.samplingRate.hertz == 250)
        #expect(comments.recording.channels.map(\.unit) == ["V", "V"])
        #expect(comments.recording.samples.values == [1, 2, 3, 4])
    }

    @Test("a line for each channel, and lists of rates")
    func statedChannels() throws {
        let head =
            "Recorder\nChannel 1: FCR, 200 Hz, mV\nChannel 2: ACC x, 50 Hz, g\n"
            + "Channel 3: ECR, 200 Hz, mV\n\n"
        let rows = (0..<8).map { "\($0)\t\($0).5\t\($0 < 2 ? "1" : "")\t-\($0)\n" }.joined()
        let parts = try TextExport.parts(
            head + rows,
            "{preamble: text, header: false, ignore: [1], stated: {channel: \"Channel *: {name}, "
                + "{rate_hz} Hz, {unit}\"}}")
        #expect(
            parts.map(\.header.channels) == [
                [Channel(name: "FCR", unit: "mV"), Channel(name: "ECR", unit: "mV")],
                [Channel(name: "ACC x", unit: "g")],
            ])
        #expect(parts.map(\.header.samplingRate.hertz) == [200, 50])
        #expect(parts.map(\.header.sampleCount) == [8, 2])
        let listed = try TextExport.read(
            "Rates=250;250\na;b\n1;2\n3;4\n", "{preamble: text, stated: {rates_hz: Rates}}")
        #expect(listed.recording.samplingRate.hertz == 250)
        let fault = try TextExport.fault(
            head.replacing("50 Hz", with: "slow Hz") + rows,
            "{preamble: text, header: false, stated: {channel: \"Channel *: {name}, {rate_hz} Hz, "
                + "{unit}\"}}")
        #expect(fault.location.line == 3 && fault.fault.contains("slow"))
    }

    @Test("a rate that is not stated is told, and one that is no number refused")
    func missingFacts() throws {
        let options = ReadOptions(samplingRateHertz: 100)
        let outcome = try TextExport.read(
            "Rate: 5\na,b\n1,2\n3,4\n", "{preamble: text, stated: {rate_hz: Frequency}}",
            options: options)
        #expect(outcome.warnings.contains { $0.message.contains("\"Frequency\"") })
        let fault = try TextExport.fault(
            "x\nFrequency: fast\na,b\n1,2\n3,4\n",
            "{preamble: text, stated: {rate_hz: Frequency}}")
        #expect(fault.location.line == 2 && fault.fault.contains("fast"))
    }

    @Test(
        "names have the form that the template says",
        arguments: [
            ("\"{name} ({unit})\"", "t,EMG 1 (left) (mV),Force"),
            ("\"{name}[{unit}]\"", "t,EMG 1 (left)[mV],Force"),
            ("[\"{name}/{unit}\", \"{name} in {unit}\"]", "t,EMG 1 (left) in mV,Force"),
            ("\"{name},{unit}\"", "t,\"EMG 1 (left),mV\",Force"),
        ])
    func nameForm(form: String, header: String) throws {
        let parts = try TextExport.parts(
            header + "\n" + Self.rows + "0.03,8,9\n", "{name_form: \(form), time: {column: t}}")
        #expect(parts[0].header.channels == [Channel(name: "EMG 1 (left)", unit: "mV")])
        #expect(parts[1].header.channels == [Channel(name: "Force", unit: "")])
    }

    @Test("the table starts and ends where the template says")
    func section() throws {
        let text = "Events\n1,2,3\n\nDevices\n1000\nt,a,b\n0,1,2\n1,3,4\n\nTrajectories\nx\n7,8,9\n"
        let recording = try TextExport.read(
            text,
            "{starts_at: Devices, ends_at: \"\", header_rows: [skip, rate_hz, names], ignore: [t, no]}"
        ).recording
        #expect(recording.samplingRate.hertz == 1000)
        #expect(recording.samples.values == [1, 2, 3, 4])
        let fault = try TextExport.fault(text, "{starts_at: Analog*}")
        #expect(fault.fault.contains("Analog*") && fault.hint.contains("starts_at"))
    }

    /// Two blocks with heads of their own.
    static let blocks =
        "Interval=\t0.01 s\nTitle=\ta\tb\n0\t1\t2\n0.01\t3\t4\t# go\n"
        + "Interval=\t0.01 s\nTitle=\ta\tb\n0\t5\t6\n0.01\t7\t8\n0.02\t9\t10\n"
    static let layout =
        "preamble: text, header: false, starts_at: \"Interval=*\", row_comment: \"#\", "
        + "stated: {interval: Interval, names: Title}"

    @Test("blocks are joined with a cut, read one by one, or one is chosen")
    func blocksOfOneFile() throws {
        let joined = try TextExport.read(Self.blocks, "{\(Self.layout), blocks: joined}")
        #expect(joined.recording.samples.values == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        #expect(joined.recording.quality.filter { $0.kind == .gap }.map(\.range.start) == [2])
        let second = try TextExport.read(Self.blocks, "{\(Self.layout), blocks: 2}")
        #expect(second.recording.samples.values == [5, 6, 7, 8, 9, 10])
        let first = try TextExport.read(Self.blocks, "{\(Self.layout), blocks: each}")
        #expect(first.recording.samples.values == [1, 2, 3, 4])
        #expect(
            first.warnings.contains { $0.kind == .partLeftOut && $0.message.contains("1 block") })
        let all = try TextExport.parts(Self.blocks, "{\(Self.layout), blocks: each}")
        #expect(all.map(\.header.sampleCount) == [2, 3])
        #expect(all.map(\.header.identity.run) == ["", "block2"])
        let third = try TextExport.fault(Self.blocks, "{\(Self.layout), blocks: 3}")
        #expect(third.fault.contains("3. time") && third.fault.contains("found 2"))
        let open = try TextExport.fault(Self.blocks, "{\(Self.layout)}")
        #expect(open.location.line == 5 && open.hint.contains("blocks: joined"))
    }

    @Test("rows are divided by the values of a column")
    func blockColumn() throws {
        let text =
            "trial,t,a,class\nx1,0,1,r\nx1,0.01,2,\nx2,0,3,\nx2,0.01,4,f\nx2,0.02,5,\nx1,0,6,\nx1,0.01,7,r\n"
        let layout =
            "block_column: trial, time: {column: t}, label: {column: class, lasts: until_next}"
        let options = ReadOptions(samplingRateHertz: 100)
        let joined = try TextExport.read(text, "{\(layout), blocks: joined}", options: options)
        #expect(joined.recording.samples.values == [1, 2, 3, 4, 5, 6, 7])
        #expect(joined.recording.quality.filter { $0.kind == .gap }.map(\.range.start) == [2, 5])
        #expect(
            try TextExport.labels(joined).map { String($0.prefix(1)) }.joined() == "rruffur")
        let all = try TextExport.parts(
            text, "{\(layout), blocks: each}",
            options: ReadOptions(samplingRateHertz: 100, parts: .all))
        #expect(all.map(\.header.sampleCount) == [2, 3, 2])
        #expect(all.map(\.header.identity.run) == ["", "block2", "block3"])
        #expect(
            all.map { $0.header.history.last?.parameters["block"] } == [
                .text("x1"), .text("x2"), .text("x1"),
            ])
        let second = try TextExport.read(text, "{\(layout), blocks: 2}", options: options)
        #expect(second.recording.samples.values == [3, 4, 5])
        let fourth = try TextExport.fault(text, "{\(layout), blocks: 4}", options: options)
        #expect(fourth.fault.contains("found 3"))
    }

    @Test(
        "blocks that differ are not joined",
        arguments: [
            (
                Self.blocks.replacing(
                    "0.01 s\nTitle=\ta\tb\n0\t5", with: "0.02 s\nTitle=\ta\tb\n0\t5"),
                "Hz"
            ),
            (Self.blocks.replacing("a\tb\n0\t5", with: "a\tc\n0\t5"), "columns"),
        ])
    func unlikeBlocks(text: String, word: String) throws {
        let fault = try TextExport.fault(text, "{\(Self.layout), blocks: joined}")
        #expect(fault.location.line == 5 && fault.description.contains(word))
        #expect(fault.hint.contains("blocks: each"))
    }

    @Test(
        "members that exclude each other are refused",
        arguments: [
            "{header_rows: [names], skip_rows: 1}", "{header_rows: [names], header: false}",
            "{header_rows: [text, names]}", "{header_rows: [names, names]}",
            "{header_rows: [names, groups]}", "{blocks: each}", "{block_column: a}",
            "{block_column: a, blocks: each, starts_at: b}", "{label: {lasts: row}}",
            "{time: {unit: s}}", "{time: {column: t, columns: [x]}}",
            "{time: {columns: x}, label: y}", "{label: {column: a, mask: 3, above: 1}}",
            "{label: {column: a, ends: \"{label} off\"}}", "{name_form: \"{name}{unit}\"}",
            "{name_form: \"{what}\"}", "{stated: {rate_hz: \"{a}\"}}", "{starts_at: \"\"}",
            "{events: {onset: a}}", "{events: {file: a.csv, starts_at: b}}",
        ])
    func exclusions(delimited: String) {
        let error = #expect(throws: (any Error).self) {
            try SourceTemplate("delimited: \(delimited)", document: "t.yaml", name: "t")
        }
        #expect(error.map { "\($0)" }?.isEmpty == false)
    }
}
