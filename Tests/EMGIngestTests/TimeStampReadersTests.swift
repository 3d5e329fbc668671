import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

/// Every reader with time stamps hands them to one mechanism.
@Suite("Time stamps of all readers")
struct TimeStampReadersTests {
    /// 150 Hz in whole milliseconds, 45 samples (300 ms) lost before sample 900: the middle step
    /// is 7 ms, which would be 143 Hz.
    private static let milliseconds: [Int] = (0..<1_800).map { sample in
        let taken = sample < 900 ? sample : sample + 45
        return taken * 1_000 / 150
    }

    /// The same in seconds from an origin on.
    private static func seconds(from origin: Double = 0) -> [Double] {
        milliseconds.map { origin + Double($0) / 1_000 }
    }

    private func check(_ outcome: IngestOutcome) throws {
        let recording = outcome.recording
        #expect(recording.samplingRate.hertz == 150)
        let gaps = recording.quality.filter { $0.kind == .gap }
        #expect(gaps.map(\.range.start) == [900])
        let warning = try #require(outcome.warnings.first { $0.kind == .gap })
        #expect(
            warning.message.hasPrefix("1 gap, 45 samples missing: 45 (0.3 s) before sample 900"))
        #expect(!outcome.warnings.contains { $0.kind == .rateDisagreement })
        let facts = try #require(recording.history.last?.parameters)
        #expect(facts["sampling_rate_from"] == .text("time stamps, nearest common rate"))
        #expect(facts["samples_missing_by_time_stamps"] == .integer(45))
        let inspection = RecordingInspection(outcome, file: "a", format: "f")
        #expect(inspection.gaps.missingSamples == 45)
        #expect(inspection.gaps.places.map(\.sample) == [900])
        #expect(inspection.text.contains("before sample 900: 45 samples (0.3 s) missing"))
        #expect(abs((inspection.timeStamps?.resolutionSeconds ?? 0) - 0.001) < 1e-6)
    }

    private func write(_ text: String, _ path: String, in folder: borrowing TemporaryFolder) throws
        -> URL
    {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url
    }

    @Test("a table of the laboratory")
    func roam() throws {
        let folder = try TemporaryFolder()
        var text = TableText.header + "\n"
        for (row, time) in Self.milliseconds.enumerated() {
            text += TableText.row(row, label: 0, time: String(Double(time) / 1_000)) + "\n"
        }
        let url = try write(text, "2023_03_28_p7/p7_131.csv", in: folder)
        try check(ROAMReader().read(url))
    }

    @Test(
        "delimited text, in any unit",
        arguments: [("ms", 1), ("us", 1_000), ("ns", 1_000_000)] as [(String, Int)])
    func delimited(unit: String, factor: Int) throws {
        let folder = try TemporaryFolder()
        var text = "t,e\n"
        for (row, time) in Self.milliseconds.enumerated() {
            text += "\(time * factor),\(row * 7_919 % 401)\n"
        }
        let url = try write(text, "day/p1_a.csv", in: folder)
        let template = try SourceTemplate(
            "delimited: {channels: [e], time: {column: t, unit: \(unit)}}", document: "t.yaml",
            name: "t")
        try check(#require(DelimitedReader(template)).read(url))
    }

    @Test("a dataset of times in HDF5", arguments: [0, 1.6e9])
    func hdf5(origin: Double) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/emg", values: HDF5Fixture.floats(1_800, 2), shape: [1_800, 2])
            try file.createDataset("/time", values: Self.seconds(from: origin), shape: [1_800])
        }
        try check(HDF5Reader().read(url, options: HDF5Fixture.options))
    }

    @Test("time stamps of a series in NWB")
    func nwb() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.nwb")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText("2.6.0", "nwb_version", of: "/")
            try file.createGroup("/acquisition/emg")
            try file.setText("TimeSeries", "neurodata_type", of: "/acquisition/emg")
            try file.createDataset(
                "/acquisition/emg/data", values: HDF5Fixture.floats(1_800, 2), shape: [1_800, 2])
            try file.createDataset(
                "/acquisition/emg/timestamps", values: Self.seconds(from: 2), shape: [1_800])
        }
        try check(NWBReader().read(url, options: HDF5Fixture.options))
    }

    @Test("a variable of times in MATLAB")
    func matlab() throws {
        var file = MATLABFileBytes()
        let values = HDF5Fixture.values(1_800, 2)
        file.elements = [
            file.matrix("emg", 1_800, 2, .double, values),
            file.matrix("t", 1_800, 1, .double, Self.milliseconds.map { Double($0) }),
        ]
        try check(
            MATLABReaderTests.read(
                file,
                template: """
                    identity: {patient: p, condition: c}
                    matlab: {emg: emg, samples: rows, time: {variable: t, unit: ms}}
                    """))
    }

    @Test("records of emg2qwerty, emg2pose and the neuromotor interface")
    func records() throws {
        let folder = try TemporaryFolder()
        let times = Self.seconds(from: 1.6e9)
        func rows(_ width: Int) -> [[Double]] {
            times.enumerated().map { row, time in
                [time] + (0..<width).map { HDF5Fixture.value(row, $0) }
            }
        }
        let url = folder.url.appending(path: "a.hdf5")
        ForeignObject.add(
            [
                .group("/emg2qwerty"),
                .records(
                    "/emg2qwerty/timeseries",
                    [
                        .init("time", .float64), .init("emg_right", .float32, count: 2),
                        .init("emg_left", .float32, count: 2),
                    ], rows: rows(4), chunk: nil),
            ], to: url)
        try check(EMG2QwertyReader().read(url, options: HDF5Fixture.options))
        let neuromotor = folder.url.appending(path: "b.hdf5")
        ForeignObject.add(
            [
                .records(
                    "/data", [.init("time", .float64), .init("emg", .float32, count: 4)],
                    rows: rows(4), chunk: nil)
            ], to: neuromotor)
        try check(NeuromotorReader().read(neuromotor, options: HDF5Fixture.options))
        let pose = folder.url.appending(path: "c.hdf5")
        ForeignObject.add(
            [
                .group("/emg2pose"),
                .records(
                    "/emg2pose/timeseries",
                    [
                        .init("time", .float64), .init("joint_angles", .float32, count: 1),
                        .init("emg", .float32, count: 2),
                    ], rows: rows(3), chunk: nil),
            ], to: pose)
        try check(EMG2PoseReader().read(pose, options: HDF5Fixture.options))
    }

    @Test(
        "a declared rate is held against the line, and both are reported",
        arguments: [(150.0, false), (150.05, false), (143, true), (151, true)])
    func declared(hertz: Double, isFar: Bool) throws {
        let folder = try TemporaryFolder()
        let rows = Self.milliseconds.enumerated().map { "\($1),\($0 * 7_919 % 401)" }
        let url = try write("t,e\n" + rows.joined(separator: "\n") + "\n", "d/p1_a.csv", in: folder)
        let template = try SourceTemplate(
            "delimited: {channels: [e], time: {column: t, unit: ms}}", document: "t.yaml",
            name: "t")
        let outcome = try #require(DelimitedReader(template)).read(
            url, options: ReadOptions(samplingRateHertz: hertz))
        #expect(outcome.recording.samplingRate.hertz == hertz)
        let warning = outcome.warnings.first { $0.kind == .rateDisagreement }
        #expect((warning != nil) == isFar)
        if let warning {
            #expect(warning.message.hasPrefix("the rate is declared as \(Int(hertz)) Hz, but"))
            #expect(warning.message.contains("give 150.0"))
        }
    }

    @Test("stamps that say nothing are refused with a hint to --rate, or reported beside a rate")
    func silent() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<500).map { "12.5,\($0 * 7_919 % 401)" }
        let url = try write("t,e\n" + rows.joined(separator: "\n") + "\n", "d/p1_a.csv", in: folder)
        let template = try SourceTemplate(
            "delimited: {channels: [e], time: {column: t}}", document: "t.yaml", name: "t")
        let reader = try #require(DelimitedReader(template))
        let error = #expect(throws: IngestError.self) { try reader.read(url) }
        #expect(error?.kind == .unknownRate(reason: "all time stamps are equal"))
        #expect(error?.hint.contains("--rate") == true)
        let outcome = try reader.read(url, options: ReadOptions(samplingRateHertz: 100))
        #expect(outcome.warnings.contains { $0.kind == .timeStamps })
    }

    @Test(
        "a counter that counts on, or wraps, tells every loss and its rows",
        arguments: [1, 5, 15, 16, 32, 100, 1_000], [nil, 4, 8, 16, 62] as [Int?])
    func counter(lost: Int, bits: Int?) throws {
        let folder = try TemporaryFolder()
        // What a counter of that width cannot tell is not asked of it.
        let wraps = bits.map { $0 <= 16 ? 1 << $0 : .max } ?? .max
        guard lost < wraps else { return }
        var text = "n,e\n"
        for row in 0..<4_000 where !(1_500..<1_500 + lost).contains(row) {
            text += "\(row % wraps),\(row * 7_919 % 401)\n"
        }
        let url = try write(text, "d/p1_a.csv", in: folder)
        let width = bits.map { ", bits: \($0)" } ?? ""
        let template = try SourceTemplate(
            "rate_hz: 1000\ndelimited: {channels: [e], counter: {column: n\(width)}}",
            document: "t.yaml", name: "t")
        let outcome = try #require(DelimitedReader(template)).read(url)
        let warning = try #require(outcome.warnings.first { $0.kind == .gap })
        #expect(warning.location.line == 1_502)
        #expect(warning.message.contains("\(lost) before sample 1500"))
        let inspection = RecordingInspection(outcome, file: "a", format: "f")
        #expect(inspection.gaps.missingSamples == lost)
        #expect(
            inspection.text.contains(
                "before sample 1500: \(lost) \(lost == 1 ? "sample " : "samples ")"))
    }

    @Test("a counter wider than it is said to be is widened, with a word")
    func widened() throws {
        let folder = try TemporaryFolder()
        var text = "n,e\n"
        for row in 0..<3_000 where !(1_000..<1_032).contains(row) {
            text += "\(row),\(row * 7_919 % 401)\n"
        }
        let url = try write(text, "d/p1_a.csv", in: folder)
        let template = try SourceTemplate(
            "rate_hz: 1000\ndelimited: {channels: [e], counter: {column: n, bits: 4}}",
            document: "t.yaml", name: "t")
        let outcome = try #require(DelimitedReader(template)).read(url)
        #expect(
            outcome.recording.history.last?.parameters["rows_missing_by_counter"] == .integer(32))
        #expect(outcome.warnings.contains { $0.kind == .assumption })
    }
}
