import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("HDF5: what looks like labels, times and channels")
struct HDF5LookAlikeTests {
    private static let rows = 600

    /// A file of three classes of 200 rows, and what else a test puts in.
    private func read(
        template: String? = nil, options: ReadOptions = ReadOptions(),
        _ body: (borrowing File) throws(HDF5Error) -> Void
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "x_y.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/emg", values: HDF5Fixture.floats(Self.rows, 2), shape: [Self.rows, 2])
            try file.setNumber(Int64(1_000), "fs", of: "/emg")
            try body(file)
        }
        var options = options
        options.template = try template.map {
            try SourceTemplate($0, document: "t.yaml", name: "t")
        }
        return try HDF5Reader().read(url, options: options)
    }

    private static let labels = (0..<rows).map { UInt8($0 / 200) }
    private static let oneHot: [UInt8] = labels.flatMap { label in
        (0..<3).map { UInt8($0 == Int(label) ? 1 : 0) }
    }

    private func expectClasses(_ recording: Recording, _ names: [String]) {
        #expect(recording.labels?.classNames == names)
        #expect(recording.labels?.runs.map(\.range.start) == [0, 200, 400])
    }

    @Test(
        "N, N × 1 and 1 × N are N labels, with a template and without",
        arguments: [[600], [600, 1], [1, 600], [1, 600, 1]] as [[Int]],
        ["label", "gt", "restimulus", "Class"])
    func columns(shape: [Int], name: String) throws {
        for template in [nil, "hdf5: {samples: /emg, rate: /emg@fs, labels: /\(name)}"] {
            for chunk in [nil, shape.map { min($0, 64) }] {
                let outcome = try read(template: template) { (file) throws(HDF5Error) in
                    try file.createDataset(
                        "/\(name)", values: Self.labels, shape: shape,
                        layout: chunk.map { .compressed(chunk: $0, level: 1) } ?? .contiguous)
                }
                expectClasses(outcome.recording, ["0", "1", "2"])
                #expect(!outcome.warnings.contains { $0.kind == .partLeftOut })
            }
        }
    }

    @Test(
        "times of any such shape give the rate",
        arguments: [[600], [600, 1], [1, 600]] as [[Int]])
    func times(shape: [Int]) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "x_y.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/emg", values: HDF5Fixture.floats(600, 2), shape: [600, 2])
            try file.createDataset(
                "/time", values: (0..<600).map { Double($0) / 250 }, shape: shape)
        }
        let recording = try HDF5Reader().read(url).recording
        #expect(recording.samplingRate.hertz == 250)
        #expect(recording.timeStamps?[599] == 599.0 / 250)
    }

    @Test("one column a class is read as the column's class, either way round")
    func oneHotLabels() throws {
        let turned: [UInt8] = (0..<3).flatMap { label in
            Self.labels.map { UInt8(Int($0) == label ? 1 : 0) }
        }
        for template in [nil, "hdf5: {samples: /emg, rate: /emg@fs, labels: /label}"] {
            let plain = try read(template: template) { (file) throws(HDF5Error) in
                try file.createDataset("/label", values: Self.oneHot, shape: [600, 3])
            }
            expectClasses(plain.recording, ["0", "1", "2"])
            let across = try read(template: template) { (file) throws(HDF5Error) in
                try file.createDataset(
                    "/label", values: turned.map { Float($0) }, shape: [3, 600])
            }
            expectClasses(across.recording, ["0", "1", "2"])
        }
        let named = try read { (file) throws(HDF5Error) in
            try file.createDataset("/label", values: Self.oneHot, shape: [600, 3])
            try file.setTexts(["rest", "fist", "open"], "class_names", of: "/")
        }
        expectClasses(named.recording, ["rest", "fist", "open"])
    }

    @Test("a row of zeros is unlabeled, one with two ones is refused")
    func notOneHot() throws {
        var zeros = Self.oneHot
        for row in 0..<200 { zeros[row * 3] = 0 }
        let outcome = try read { (file) throws(HDF5Error) in
            try file.createDataset("/label", values: zeros, shape: [600, 3])
        }
        expectClasses(outcome.recording, ["unlabeled", "1", "2"])
        var two = Self.oneHot
        two[3 * 450] = 1
        let error = #expect(throws: IngestError.self) {
            _ = try self.read { (file) throws(HDF5Error) in
                try file.createDataset("/label", values: two, shape: [600, 3])
            }
        }
        #expect(error?.location.object == "/label")
        #expect(error?.hint.contains("row 450") == true)
    }

    @Test(
        "what has a known name and another shape is a warning with both shapes",
        arguments: [
            ("label", [60]), ("gt", [60, 3]), ("labels", [600, 2, 2]), ("times", [20]),
            ("timestamps", [2]), ("targets", [600, 22]), ("glove", [600, 22]), ("stimulus", [2]),
        ] as [(String, [Int])])
    func passedOver(name: String, shape: [Int]) throws {
        let outcome = try read { (file) throws(HDF5Error) in
            try file.createDataset(
                "/\(name)", values: [Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
        }
        #expect(outcome.recording.labels == nil && outcome.recording.timeStamps == nil)
        let warning = try #require(outcome.warnings.first { $0.kind == .partLeftOut })
        #expect(warning.location.object == "/\(name)")
        #expect(warning.message.contains(shape.map(String.init).joined(separator: " × ")))
        #expect(warning.message.contains("600 × 2"))
    }

    @Test("class names in a dataset count; numbers of that name do not, and are named")
    func classNames() throws {
        let numbers = try read { (file) throws(HDF5Error) in
            try file.createDataset("/label", values: Self.labels, shape: [600])
            try file.createDataset("/class_names", values: [0, 1, 2] as [Int32], shape: [3])
        }
        expectClasses(numbers.recording, ["0", "1", "2"])
        #expect(numbers.warnings.contains { $0.location.object == "/class_names" })
    }

    @Test(
        "lengths within 5 % are cut with a warning, beyond it the file is refused",
        arguments: [(571, true), (569, false), (60, false), (630, true), (640, false)])
    func lengths(count: Int, isRead: Bool) throws {
        func outcome() throws -> IngestOutcome {
            try read(
                template: "hdf5: {samples: /emg, rate: /emg@fs, labels: /l}"
            ) { (file) throws(HDF5Error) in
                try file.createDataset(
                    "/l", values: [UInt8](repeating: 1, count: count), shape: [count])
            }
        }
        if isRead {
            let outcome = try outcome()
            #expect(outcome.recording.sampleCount == min(600, count))
            let warning = try #require(outcome.warnings.first { $0.kind == .lengthMismatch })
            #expect(warning.message.contains("/l \(count)"))
        } else {
            let error = #expect(throws: IngestError.self) { try outcome() }
            #expect(error?.kind.name == "inconsistent")
            #expect(error?.fault.contains("/l \(count)") == true)
        }
    }

    @Test(
        "labels that are no class are unlabeled when the template says so",
        arguments: [("nan", Float.nan), ("-1", -1)])
    func unlabeled(text: String, value: Float) throws {
        var labels = Self.labels.map { Float($0) }
        for row in 0..<200 { labels[row] = value }
        func outcome(_ more: String) throws -> IngestOutcome {
            try read(
                template: "\(more)\nhdf5: {samples: /emg, rate: /emg@fs, labels: {from: /label, "
                    + "classes: {1: fist, 2: open}}}"
            ) { (file) throws(HDF5Error) in
                try file.createDataset("/label", values: labels, shape: [600])
            }
        }
        expectClasses(
            try outcome("unlabeled: [\(text)]").recording, ["unlabeled", "fist", "open"])
        let error = #expect(throws: IngestError.self) { try outcome("rate_hz: 1000") }
        #expect(error?.hint.contains("unlabeled: [\(text)]") == true)
    }

    @Test("channels that are no EMG by their names are another part")
    func sensors() throws {
        func channels(_ file: borrowing File) throws(HDF5Error) {
            try file.setTexts(["ACC_X", "biceps"], "channel_names", of: "/emg")
            try file.createDataset("/label", values: Self.labels, shape: [600])
        }
        let main = try read(channels)
        #expect(main.recording.channels.map(\.name) == ["biceps"])
        #expect(main.recording.samples[7, 0] == Float(HDF5Fixture.value(7, 1)))
        expectClasses(main.recording, ["0", "1", "2"])
        let warning = try #require(main.warnings.first { $0.kind == .partLeftOut })
        #expect(warning.message.contains("ACC_X") && warning.message.contains("--parts other"))
        let other = try read(options: ReadOptions(parts: .named("other")), channels)
        #expect(other.recording.channels.map(\.name) == ["ACC_X"])
        #expect(other.recording.identity.run == "other")
        #expect(other.recording.samples[7, 0] == Float(HDF5Fixture.value(7, 0)))
        // Names in a template are the user's word.
        let named = try read(
            template: "hdf5: {samples: /emg, rate: /emg@fs, channels: [acc, biceps]}", channels)
        #expect(named.recording.channels.count == 2)
    }

    @Test(
        "filters that libhdf5 does not bring are refused with a way that keeps the data",
        .enabled(if: Python.has(module: "h5py"), "no Python with h5py; MYOTASK_PYTHON names one"))
    func foreignFilter() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "IN.h5")
        _ = try Python.run(
            """
            import h5py, numpy
            with h5py.File(r"\(url.path(percentEncoded: false))", "w") as f:
                d = f.create_dataset("emg", data=numpy.arange(800.).reshape(400, 2),
                                     compression="lzf", chunks=(100, 2))
                d.attrs["fs"] = 500.0
                f.create_dataset("label", data=numpy.arange(400) // 200)
            """, arguments: [])
        let error = #expect(throws: IngestError.self) { try HDF5Reader().read(url) }
        let hint = try #require(error?.hint)
        #expect(!hint.contains("h5repack"))
        // What the hint says, with the files it stands for, is done.
        let start = try #require(hint.range(of: "-c \"")).upperBound
        let end = try #require(hint.lastIndex(of: "\""))
        let output = folder.url.appending(path: "p_a.h5")
        _ = try Python.run(
            String(hint[start..<end])
                .replacing("'IN.h5'", with: "r'\(url.path(percentEncoded: false))'")
                .replacing("'OUT.h5'", with: "r'\(output.path(percentEncoded: false))'"),
            arguments: [])
        let recording = try HDF5Reader().read(output).recording
        #expect(recording.samplingRate.hertz == 500)
        #expect(recording.samples.values == (0..<800).map(Float.init))
        #expect(recording.labels?.runs.map(\.range.start) == [0, 200])
    }
}
