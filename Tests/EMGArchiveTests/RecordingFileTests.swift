import EMGArchive
import EMGSignal
import Foundation
import HDF5
import Parallel
import TestSupport
import Testing

@Suite("Recording files")
struct RecordingFileTests {
    @Test(
        "reading gives the recording that was written",
        arguments: [(0, 1), (1, 1), (1, 300), (2_999, 4), (70_000, 3)])
    func roundTrip(samples: Int, channels: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var recording = try SyntheticRecording.make(samples: samples, channels: channels)
        recording.quality.removeAll {
            $0.range.end > samples || ($0.channel ?? 0) >= channels
        }
        try RecordingFile.write(recording, to: url)
        #expect(try RecordingFile.read(url) == recording)
        recording.labels = nil
        recording.timeStamps = nil
        recording.quality = []
        recording.history = []
        try RecordingFile.write(recording, to: url)
        #expect(try RecordingFile.read(url) == recording)
    }

    @Test("names, units and parameters of every script come back")
    func texts() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var recording = try SyntheticRecording.make(
            patient: "患者", session: "Größe 1", condition: "a-b", run: "2", channels: 2)
        recording.channels = [Channel(name: "µ\n", unit: "mV"), Channel(name: "", unit: "")]
        recording.quality = []
        recording.history = [
            ProcessingStep(
                operation: "x",
                parameters: [
                    "a": .number(1e-300), "b": .integer(.min), "c": .text("\"\\\u{1}\u{7F}☃/"),
                    "d": .flag(false), "e": .list([]), "f": .number(3), "g": .number(0.1),
                ], software: "")
        ]
        try RecordingFile.write(recording, to: url)
        #expect(try RecordingFile.read(url) == recording)
    }

    @Test("the header is that of the recording, without its samples")
    func header() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try SyntheticRecording.make(channels: 3)
        let scaling = ADCScaling(scale: [0.5, 1, 0.25], offset: [0, -3, 7])
        try RecordingFile.write(recording, to: url, scaling: scaling)
        let header = try RecordingFile.readHeader(url)
        #expect(header.identity == recording.identity)
        #expect(header.channels == recording.channels)
        #expect(header.samplingRate == recording.samplingRate)
        #expect(header.effectiveRate == recording.effectiveRate)
        #expect(header.sampleCount == recording.sampleCount)
        #expect(header.classNames == recording.labels?.classNames)
        #expect(header.hasTimeStamps)
        #expect(header.quality == recording.quality)
        #expect(header.source == recording.source)
        #expect(header.history == recording.history)
        #expect(header.scaling == scaling)
        #expect(header.software == SoftwareVersion.text)
        #expect(header.duration == 15)
        try RecordingFile.write(recording, to: url)
        #expect(try RecordingFile.readHeader(url).scaling == .identity(channelCount: 3))
    }

    @Test("the same recording gives the same bytes, also in another process")
    func bytesAreReproducible() async throws {
        let folder = try TemporaryFolder()
        let first = folder.url.appending(path: "first.h5")
        let second = folder.url.appending(path: "second.h5")
        let path = second.path(percentEncoded: false)
        try RecordingFile.write(try SyntheticRecording.make(), to: first)
        await #expect(processExitsWith: .success) { [path = path as String] in
            try RecordingFile.write(try SyntheticRecording.make(), to: URL(filePath: path))
        }
        #expect(try Data(contentsOf: first) == Data(contentsOf: second))
        try RecordingFile.write(try SyntheticRecording.make(seed: 2), to: second)
        #expect(try Data(contentsOf: first) != Data(contentsOf: second))
    }

    @Test("samples that are not finite are refused with their positions, marked ones are kept")
    func nonFiniteSamples() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var recording = try SyntheticRecording.make()
        recording.samples[1_000, 3] = .nan
        recording.samples[2_000, 0] = -.infinity
        // An interval of another kind, and one for another channel, excuse nothing.
        recording.quality = [
            QualityInterval(
                range: SampleRange(start: 900, end: 1_100), channel: nil, kind: .flatLine),
            QualityInterval(
                range: SampleRange(start: 1_000, end: 1_001), channel: 2, kind: .nonFinite),
        ]
        let error = #expect(throws: ArchiveError.self) {
            try RecordingFile.write(recording, to: url)
        }
        #expect(
            error?.kind
                == .nonFinite(
                    count: 2,
                    first: [
                        ArchiveError.SamplePosition(sample: 1_000, channel: 3),
                        ArchiveError.SamplePosition(sample: 2_000, channel: 0),
                    ]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
        recording.quality += [
            QualityInterval(
                range: SampleRange(start: 1_000, end: 1_001), channel: 3, kind: .nonFinite),
            QualityInterval(
                range: SampleRange(start: 1_990, end: 2_010), channel: nil, kind: .nonFinite),
        ]
        try RecordingFile.write(recording, to: url)
        let read = try RecordingFile.read(url)
        #expect(
            read.samples.values.map(\.bitPattern) == recording.samples.values.map(\.bitPattern))
    }

    @Test("what could not be read back is not written")
    func unreadableRecordings() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var recording = try SyntheticRecording.make()
        recording.source = SourceFile(name: "a.csv", sha256: "unknown")
        #expect(throws: ArchiveError.self) { try RecordingFile.write(recording, to: url) }
        recording = try SyntheticRecording.make()
        recording.timeStamps?[5] = .nan
        #expect(throws: ArchiveError.self) { try RecordingFile.write(recording, to: url) }
        recording = try SyntheticRecording.make()
        recording.history = [
            ProcessingStep(
                operation: "x", parameters: ["a": .list([.number(.infinity)])], software: "")
        ]
        #expect(throws: ArchiveError.self) { try RecordingFile.write(recording, to: url) }
        recording = try SyntheticRecording.make()
        recording.quality = [
            QualityInterval(
                range: SampleRange(start: 0, end: 3_001), channel: nil, kind: .flatLine)
        ]
        #expect(throws: ArchiveError.self) { try RecordingFile.write(recording, to: url) }
        recording = try SyntheticRecording.make()
        recording.channels[0] = Channel(name: "a\u{0}b", unit: "uV")
        #expect(throws: ArchiveError.self) { try RecordingFile.write(recording, to: url) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
    }

    @Test("64 threads write and read recordings at once")
    func concurrentUse() throws {
        let folder = try TemporaryFolder()
        let folderURL = folder.url
        let recordings = try (0..<64).map {
            try SyntheticRecording.make(condition: "c\($0)", samples: 500, seed: UInt64($0))
        }
        let archive = RecordingArchive(folder: folderURL)
        let read = try concurrentMap(count: 64, threads: 16) { index throws(ArchiveError) in
            let url = try archive.write(recordings[index])
            return try RecordingFile.read(url)
        }
        #expect(read == recordings)
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }

    @Test(
        "h5py reads every dataset and attribute",
        .enabled(if: Python.has(module: "h5py"), "needs a python3 that has h5py"))
    func otherReader() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try SyntheticRecording.make(patient: "pä", run: "2")
        try RecordingFile.write(recording, to: url)
        let program = """
            import h5py, json, sys
            f = h5py.File(sys.argv[1])
            text = lambda b: b.decode("utf-8")
            texts = lambda bs: [b.decode("utf-8") for b in bs]
            a = {k: text(v) if isinstance(v, bytes) else v for k, v in f.attrs.items()}
            assert a["format"] == "myotask.recording" and a["format_version"] == 1
            assert a["patient"] == "pä" and a["run"] == "2" and a["unit"] == "uV"
            assert a["sampling_rate_hz"] == 200.0 and a["effective_rate_hz"] == 49.5
            assert json.loads(a["history"])[0]["parameters"]["columns"] == [5, "ä"]
            assert list(f) == ["emg", "label", "quality", "time_s"], list(f)
            e = f["emg"]
            assert e.dtype == "<f4" and e.shape == (3000, 4) and e.fletcher32 and e.shuffle
            assert texts(e.attrs["channel_names"]) == ["emg0", "emg1", "emg2", "emg3"]
            assert list(e.attrs["scale"]) == [1, 1, 1, 1] and list(e.attrs["offset"]) == [0] * 4
            assert f["label"].dtype == "u1" and f["label"][600] == 1
            assert texts(f["label"].attrs["class_names"]) == ["relax", "open", "close"]
            assert f["time_s"].dtype == "<f8" and f["time_s"][200] == 3
            assert f["quality"][:].tolist() == [[10, 20, -1, 1], [30, 40, 2, 2]]
            assert texts(f["quality"].attrs["columns"]) == ["start", "stop", "channel", "kind"]
            print(e[:].astype("f8").sum().hex())
            """
        let result = try Python.run(program, arguments: [url.path(percentEncoded: false)])
        #expect(result.status == 0, Comment(rawValue: result.output))
        let sum = Double(result.output.trimmingCharacters(in: .whitespacesAndNewlines))
        let expected = recording.samples.values.reduce(0.0) { $0 + Double($1) }
        #expect(abs(try #require(sum) - expected) < 1e-6)
    }

    @Test(
        "a file that h5py edited is read, once the digest is taken out",
        .enabled(if: Python.has(module: "h5py"), "needs a python3 that has h5py"))
    func otherWriter() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try SyntheticRecording.make()
        try RecordingFile.write(recording, to: url)
        let program = """
            import h5py, sys
            f = h5py.File(sys.argv[1], "a")
            f.attrs["patient"] = "pä"
            f.attrs["sampling_rate_hz"] = 100
            f["emg"].attrs["channel_names"] = ["a", "", "ccc", "d"]
            f["label"][:10] = 2
            if sys.argv[2] == "1": del f.attrs["content_sha256"]
            """
        let path = url.path(percentEncoded: false)
        #expect(try Python.run(program, arguments: [path, "0"]).status == 0)
        let error = #expect(throws: ArchiveError.self) { try RecordingFile.read(url) }
        guard case .hashMismatch = error?.kind else {
            Issue.record("expected a hash mismatch, got \(String(describing: error))")
            return
        }
        #expect(try Python.run(program, arguments: [path, "1"]).status == 0)
        let read = try RecordingFile.read(url)
        #expect(read.identity.patient == "pä")
        #expect(read.samplingRate.hertz == 100)
        #expect(read.channels.map(\.name) == ["a", "", "ccc", "d"])
        #expect(read.labels?.values.prefix(11) == [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0])
        #expect(read.samples == recording.samples)
    }
}
