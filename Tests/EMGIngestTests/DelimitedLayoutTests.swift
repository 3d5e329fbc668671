import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("What stands between a header and its samples")
struct DelimitedLayoutTests {
    private func read(
        _ text: String, _ delimited: String, unit: String = "mV",
        options: ReadOptions = ReadOptions()
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.txt")
        try Data(text.utf8).write(to: url)
        let template = try SourceTemplate(
            "unit: \(unit)\ndelimited:\n  \(delimited)", document: "t.yaml", name: "t")
        return try #require(DelimitedReader(template)).read(url, options: options)
    }

    private func samples(
        _ text: String, _ delimited: String, options: ReadOptions = ReadOptions()
    ) throws -> [Float] {
        try read(text, delimited, options: options).recording.samples.values
    }

    static let rated = ReadOptions(samplingRateHertz: 100)

    @Test(
        "a line sep= says what stands between columns and is no row",
        arguments: [",", ";", "\t"], ["sep=", "\"sep="])
    func separator(delimiter: String, begin: String) throws {
        let end = begin.first == "\"" ? "\"" : ""
        let text =
            "\(begin)\(delimiter)\(end)\r\nt\(delimiter)a\(delimiter)\r\n"
            + "ms\(delimiter)mV\(delimiter)\r\n0\(delimiter)1.5\(delimiter)\r\n"
            + "10\(delimiter)2.5\(delimiter)\r\n"
        let options = "skip_rows: 1\n  channels: [a]\n  time: {column: t, unit: ms}"
        let recording = try read(text, options).recording
        #expect(recording.samples.values == [1.5, 2.5])
        #expect(recording.timeStamps == [0, 0.01])
    }

    @Test("a row of units is refused with the line of the template that passes over it")
    func units() throws {
        let text = "a,b\nmV,mV\n1,2\n3,4\n"
        let error = try #require(
            #expect(throws: IngestError.self) {
                try self.samples(text, "channels: [a, b]", options: Self.rated)
            })
        #expect(error.location.line == 2 && error.hint.contains("skip_rows: 1"))
        #expect(
            try samples(text, "{channels: [a, b], skip_rows: 1}", options: Self.rated)
                == [1, 2, 3, 4])
    }

    @Test("a row with the number of rows is never a sample", arguments: [2, 5, 60])
    func counts(rows: Int) throws {
        let text =
            "a\tb\n\(rows)\t\(rows)\n" + (0..<rows).map { "\($0).25\t-\($0)\n" }.joined()
        let error = try #require(
            #expect(throws: IngestError.self) {
                try self.samples(text, "channels: [a, b]", options: Self.rated)
            })
        #expect(error.location.line == 2 && error.hint.contains("skip_rows: 1"))
        let skipped = try samples(text, "{channels: [a, b], skip_rows: 1}", options: Self.rated)
        #expect(skipped.count == 2 * rows && skipped[0] == 0.25)
        // One row more, and the number is a sample like any other.
        #expect(
            try samples(text + "1\t1\n", "channels: [a, b]", options: Self.rated).count
                == 2 * rows + 4)
    }

    @Test(
        "times are in the unit that the template names",
        arguments: [
            ("min", 1.0 / 12_000), ("s", 0.005), ("ms", 5.0), ("us", 5_000.0), ("ns", 5e6),
        ] as [(String, Double)])
    func timeUnit(unit: String, step: Double) throws {
        let text = "t,a\n" + (0..<400).map { "\(Double($0) * step),\($0 % 9)\n" }.joined()
        let recording = try read(
            text, "{channels: [a], time: {column: t, unit: \(unit)}}"
        ).recording
        #expect(abs(recording.samplingRate.hertz - 200) < 1e-6)
    }

    @Test(
        "what says that a value is missing is named by the template",
        arguments: ["NA", "N/A", "#N/A", "NULL", "None", "-nan(ind)", "1.#QNAN", "-9999", "-"])
    func missing(token: String) throws {
        let text = "a,b\n1,2\n\(token),4\n5,6\n"
        let options = ReadOptions(samplingRateHertz: 100, missing: .markAsMissing)
        let outcome = try read(
            text, "{channels: [a, b], missing: [\"\(token)\"]}", options: options)
        let values = outcome.recording.samples.values
        #expect(values[2].isNaN && values[3] == 4 && values.count == 6)
        #expect(outcome.warnings.contains { $0.kind == .missingValues && $0.location.line == 3 })
        let rejected = #expect(throws: IngestError.self) {
            try self.read(
                text, "{channels: [a, b], missing: [\"\(token)\"]}", options: Self.rated)
        }
        #expect(rejected?.kind.name == "missing-value")
        if token != "-9999" {
            let unnamed = try #require(
                #expect(throws: IngestError.self) {
                    try self.read(text, "{channels: [a, b]}", options: options)
                })
            #expect(unnamed.hint.contains("missing: [\(token)]"))
        }
    }

    @Test("sensors of OpenSignals that are no EMG are another part", arguments: [700, 1_000])
    func openSignalsSensors(rate: Int) throws {
        let folder = try TemporaryFolder()
        var text =
            "# OpenSignals Text File Format\n"
            + #"# {"00:07": {"sensor": ["ECG", "EMG", "XYZ", "RESPIRATION", "EMGBITREV"], "#
            + #""column": ["nSeq", "DI", "CH1", "CH2", "CH3", "CH4", "CH5"], "#
            + #""sampling rate": \#(rate)}}"# + "\n# EndOfHeader\n"
        for row in 0..<64 {
            text += "\(row % 16)\t0\t1\t\(row)\t3\t4\t\(2 * row)\t\n"
        }
        let url = folder.url.appending(path: "p1_a.txt")
        try Data(text.utf8).write(to: url)
        let template = try #require(SourceTemplate.shipped.first { $0.name == "opensignals" })
        let reader = try #require(DelimitedReader(template))
        let main = try reader.read(url)
        #expect(main.recording.channels.map(\.name) == ["CH2", "CH5"])
        #expect(main.recording.samples[5, 1] == 10)
        let warning = try #require(main.warnings.first { $0.kind == .partLeftOut })
        #expect(warning.count == 3)
        for words in ["CH1 (ECG)", "CH3 (XYZ)", "CH4 (RESPIRATION)", "--parts other"] {
            #expect(warning.message.contains(words))
        }
        let parts = try Ingestion(reader: reader, options: ReadOptions(parts: .all)).take(url)
        #expect(
            parts.map { $0.header.channels.map(\.name) } == [
                ["CH2", "CH5"], ["CH1", "CH3", "CH4"],
            ])
        let others = try reader.read(url, options: ReadOptions(parts: .named("other")))
        #expect(others.recording.samples[7, 2] == 4)
    }

    /// An export of EMGworks with what versions of the program and of Windows change.
    struct Export: Sendable, CustomTestStringConvertible {
        let name: String
        var hasList = true
        var hasCount = true
        var delimiter = ","
        var decimal = "."
        var time = "X[s]"
        var testDescription: String { name }
    }

    static let exports = [
        Export(name: "usual"), Export(name: "no number of points", hasCount: false),
        Export(name: "no list of signals", hasList: false),
        Export(name: "semicolons and decimal commas", delimiter: ";", decimal: ","),
        Export(name: "tabs", delimiter: "\t"),
        Export(name: "tabs and decimal commas", delimiter: "\t", decimal: ","),
        Export(name: "a blank before the unit", time: "X [s]"),
        Export(name: "no list, semicolons", hasList: false, delimiter: ";", decimal: ","),
    ]

    @Test("exports of EMGworks are the same recording in each variant", arguments: exports)
    func emgworks(export: Export) throws {
        let (emgRate, otherRate) = (2_000.0, 125.0)
        func number(_ value: Double) -> String { "\(value)".replacing(".", with: export.decimal) }
        let signals = [
            ("Sensor 1: EMG 1", emgRate, "V"), ("Sensor 1: ACC.X 1", otherRate, "g"),
            ("Sensor 2: EMG 2", emgRate, "V"), ("Sensor 2: GYRO.Y 2", emgRate, "deg/s"),
        ]
        var text = ""
        if export.hasList {
            for (label, rate, unit) in signals {
                text += "Label: \(label) Sampling frequency: \(number(rate)) "
                if export.hasCount { text += "Number of points: 400 start: 0 " }
                text += "Unit: \(unit) Domain Unit: s\r\n"
            }
            text += "\r\n"
        }
        text +=
            signals.map { "\(export.time)\(export.delimiter)\"\($0.0)[\($0.2)]\"" }
            .joined(separator: export.delimiter) + "\r\n"
        for row in 0..<400 {
            var cells: [String] = []
            for (index, signal) in signals.enumerated() {
                let isThere = Double(row) < 400 * signal.1 / emgRate
                cells +=
                    isThere
                    ? [
                        number(Double(row) / signal.1),
                        number(Double((row * 7 + index) % 50) + 0.5),
                    ] : ["", ""]
            }
            text += cells.joined(separator: export.delimiter) + "\r\n"
        }
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        try Data(text.utf8).write(to: url)
        let reader = try ReaderRegistry.standard.reader(for: url)
        #expect(reader.formatName == "trigno-csv")
        let main = try reader.read(url)
        #expect(main.recording.samplingRate.hertz == emgRate)
        #expect(main.recording.channels.map(\.name) == ["Sensor 1: EMG 1", "Sensor 2: EMG 2"])
        #expect(main.recording.channels.map(\.unit) == ["V", "V"])
        #expect(main.recording.sampleCount == 400)
        #expect(main.recording.samples[9, 1] == Float((63 + 2) % 50) + 0.5)
        #expect(main.warnings.count { $0.kind == .partLeftOut } == 2)
        let parts = try Ingestion(reader: reader, options: ReadOptions(parts: .all)).take(url)
        #expect(parts.map(\.header.sampleCount) == [400, 400, 25])
        #expect(parts.map(\.header.identity.run) == ["", "2000Hz", "125Hz"])
        #expect(parts.map { $0.header.channels.map(\.unit) } == [["V", "V"], ["deg/s"], ["g"]])
    }
}
