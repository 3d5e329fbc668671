import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("EDF files of BIDS data sets")
struct BIDSFolderTests {
    private static let stem = "sub-p7_ses-2_task-grasp_acq-left_run-03_"

    /// A recording with side files, each by its place below the data set.
    private func read(
        _ sides: [String: String], name: String = "sub-p7/ses-2/emg/\(stem)emg.edf",
        options: ReadOptions = ReadOptions(), change: (inout EDFBytes) -> Void = { _ in }
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard(records: 4)
        change(&file)
        let url = try file.write(name, to: folder)
        for (path, text) in sides {
            let side = folder.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: side.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: side)
        }
        return try EDFReader(.edf).read(url, options: options)
    }

    private static func beside(_ ending: String) -> String {
        "sub-p7/ses-2/emg/\(stem)\(ending)"
    }

    @Test("the name tells whose recording it is")
    func identity() throws {
        let outcome = try read([:])
        #expect(outcome.recording.identity.id == "p7/2/grasp_left-03")
        let plain = try read([:], name: "sub-9_task-rest_emg.edf")
        #expect(plain.recording.identity.id == "9/single/rest")
        let given = try read(
            [:], options: ReadOptions(identity: IdentityOverride(session: "day")))
        #expect(given.recording.identity.session == "day")
        // Without a task it is a name like any other.
        #expect(try read([:], name: "sub-9_emg.edf").recording.identity.patient == "p7")
    }

    @Test("bad channels are marked over their whole length, others are left out by type")
    func channels() throws {
        let table = """
            name\ttype\tunits\tstatus\tstatus_description
            EMG 0\tEMG\tuV\tbad\tcable broke
            EMG 1\tEMG\tmV\tgood\tn/a
            aux\tMISC\tn/a\tn/a\tn/a
            gone\tEMG\tuV\tgood\tn/a

            """
        let outcome = try read([Self.beside("channels.tsv"): table]) { file in
            file.signals.append(EDFBytes.Signal(label: "aux", samples: 200))
            file.numbers.append((0..<800).map { $0 })
        }
        #expect(outcome.recording.channels.map(\.name) == ["EMG 0", "EMG 1"])
        #expect(
            outcome.recording.quality.filter { $0.kind == .markedBad } == [
                QualityInterval(
                    range: SampleRange(start: 0, end: 800), channel: 0, kind: .markedBad)
            ])
        let bad = try #require(outcome.warnings.first { $0.kind == .markedBad })
        #expect(bad.message.contains("cable broke") && bad.location.line == 2)
        #expect(outcome.warnings.contains { $0.message.contains("mV") && $0.location.line == 3 })
        #expect(outcome.warnings.contains { $0.message.contains("\"gone\"") })
        #expect(outcome.warnings.contains { $0.kind == .partLeftOut })
    }

    @Test("types count more than labels, and units fill in what the header leaves out")
    func types() throws {
        let table = "name\ttype\tunits\nEMG 0\tMISC\tV\nEMG 1\tEMG\tmV\n"
        let outcome = try read([Self.beside("channels.tsv"): table]) { file in
            file.signals[1].dimension = ""
        }
        #expect(outcome.recording.channels == [Channel(name: "EMG 1", unit: "mV")])
    }

    @Test("events become labels and count more than annotations")
    func events() throws {
        let table = """
            onset\tduration\ttrial_type\tvalue\tsample
            0.5\t1\topen\t1\t100
            1.5\t0.5\tn/a\t7\tn/a
            n/a\t1\tclose\t2\t500
            3.9\tn/a\tbeep\tn/a\tn/a
            n/a\t1\tlost\tn/a\tn/a
            1\t1\tn/a\tn/a\tn/a

            """
        let outcome = try read([Self.beside("events.tsv"): table]) { file in
            file.annotations[0] = "+0\u{14}\u{14}\0+0\u{15}2\u{14}other\u{14}\0"
        }
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "7", "close", "open"])
        #expect(labels.runs.map(\.range.start) == [0, 100, 300, 400, 500, 700])
        #expect(labels.runs.map(\.label) == [0, 3, 1, 0, 2, 0])
        #expect(outcome.warnings.filter { $0.kind == .events }.count == 3)
        #expect(
            outcome.recording.history[0].parameters["labels_from"]
                == .text("\(Self.stem)events.tsv"))
    }

    @Test("descriptions are inherited, the nearest counts more")
    func description() throws {
        let outcome = try read([
            "emg.json": #"{"PowerLineFrequency": 60, "EMGReference": "elbow"}"#,
            "sub-p7/sub-p7_emg.json": #"{"PowerLineFrequency": 50, "TaskName": "grasp it"}"#,
            Self.beside("emg.json"): #"{"SamplingFrequency": 2000, "EMGReference": "n/a"}"#,
            "sub-p7/ses-2/sub-p8_emg.json": #"{"Manufacturer": "nobody"}"#,
        ])
        let parameters = outcome.recording.history[0].parameters
        #expect(parameters["bids_power_line_frequency_hz"] == .integer(50))
        #expect(parameters["bids_emg_reference"] == .text("elbow"))
        #expect(parameters["bids_task_name"] == .text("grasp it"))
        #expect(parameters["bids_manufacturer"] == nil)
        let warning = try #require(outcome.warnings.first { $0.kind == .rateDisagreement })
        #expect(warning.location.line == 1 && warning.location.column != nil)
        #expect(outcome.recording.samplingRate.hertz == 200)
    }

    @Test("tables are inherited from folders above, and belong to the source")
    func inheritance() throws {
        let folder = try TemporaryFolder()
        let url = try EDFBytes.standard(records: 4).write(
            "sub-p7/ses-2/emg/\(Self.stem)emg.edf", to: folder)
        let sides = [
            "task-grasp_channels.tsv": "name\ttype\tunits\nEMG 0\tEMG\tuV\nEMG 1\tMISC\tuV\n",
            "task-rest_events.tsv": "broken",
            "sub-p7/sub-p7_task-grasp_events.tsv": "onset\tduration\ttrial_type\n0\t1\topen\n",
            "events.tsv": "broken",
        ]
        for (path, text) in sides {
            try Data(text.utf8).write(to: folder.url.appending(path: path))
        }
        let outcome = try EDFReader(.edf).read(url)
        #expect(outcome.recording.channels.map(\.name) == ["EMG 0"])
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "open"])
        let files = try EDFReader(.edf).files(of: url, options: ReadOptions())
        #expect(
            files.map(\.lastPathComponent) == [
                "\(Self.stem)emg.edf", "task-grasp_channels.tsv",
                "sub-p7_task-grasp_events.tsv",
            ])
        let search = SourceSearch.search(
            [folder.url], registry: ReaderRegistry(readers: [EDFReader(.edf)]))
        #expect(search.sources.count == 1)
    }

    /// A fault of a side file, with its kind and place.
    struct Fault: Sendable, CustomTestStringConvertible {
        let ending: String
        let text: String
        let kind: String
        let line: Int?
        var column: Int?
        var testDescription: String { "\(ending): \(text.debugDescription)" }
    }

    static let faults = [
        Fault(ending: "channels.tsv", text: "", kind: "malformed", line: 1),
        Fault(
            ending: "channels.tsv", text: "name,type,units\n", kind: "missing-column", line: 1),
        Fault(
            ending: "channels.tsv", text: "name\ttype\tunits\tname\n", kind: "duplicate-column",
            line: 1),
        Fault(
            ending: "channels.tsv", text: "name\ttype\tunits\nEMG 0\tEMG\n", kind: "field-count",
            line: 2),
        Fault(
            ending: "channels.tsv",
            text: "name\ttype\tunits\tstatus\nEMG 0\tEMG\tuV\tawful\n", kind: "invalid-cell",
            line: 2, column: 14),
        Fault(
            ending: "channels.tsv", text: "name\ttype\tunits\nn/a\tEMG\tuV\n",
            kind: "invalid-cell", line: 2, column: 1),
        Fault(
            ending: "channels.tsv",
            text: "name\ttype\tunits\nEMG 0\tEMG\tuV\n\nEMG 0\tEMG\tuV\n",
            kind: "inconsistent", line: 4, column: 1),
        Fault(ending: "events.tsv", text: "onset\ttrial_type\n", kind: "missing-column", line: 1),
        Fault(
            ending: "events.tsv", text: "onset\tduration\ttrial_type\n1,5\t1\tx\n",
            kind: "invalid-cell", line: 2, column: 1),
        Fault(
            ending: "events.tsv", text: "onset\tduration\ttrial_type\n1\t-1\tx\n",
            kind: "invalid-cell", line: 2, column: 3),
        Fault(
            ending: "events.tsv", text: "onset\tduration\ttrial_type\n1e300\t1\tx\n",
            kind: "invalid-cell", line: 2, column: 1),
        Fault(ending: "emg.json", text: "{\"a\": }", kind: "malformed", line: 1, column: 7),
        Fault(ending: "emg.json", text: "[1]", kind: "malformed", line: 1, column: 1),
        Fault(
            ending: "emg.json", text: "{\n \"SamplingFrequency\": \"fast\"}", kind: "malformed",
            line: 2, column: 23),
    ]

    @Test("faults of side files are refused with file, line and column", arguments: faults)
    func fault(fault: Fault) throws {
        let error = #expect(throws: IngestError.self) {
            try read([Self.beside(fault.ending): fault.text])
        }
        #expect(error?.kind.name == fault.kind)
        #expect(error?.location.file.hasSuffix(fault.ending) == true)
        #expect(error?.location.line == fault.line)
        if let column = fault.column { #expect(error?.location.column == column) }
    }
}
