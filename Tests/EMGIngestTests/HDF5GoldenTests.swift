import Documents
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Files of other programs with known values.
@Suite(
    "HDF5 files of other programs",
    .enabled(
        if: SharedMaterial.isPresent("golden/formats"),
        "the shared files golden/formats are not beside this checkout"))
struct HDF5GoldenTests {
    static func url(_ name: String) -> URL { SharedMaterial.url("golden/formats/\(name)") }

    /// The entry of a file in the manifest.
    static func entry(_ name: String) throws -> DocumentObject {
        let manifest = try Document(contentsOf: url("manifest.json"))
        for item in try manifest.cursor.array() {
            let object = try item.object()
            if try object.required("file").string() == "formats/\(name)" { return object }
        }
        throw CocoaError(.fileReadNoSuchFile)
    }

    static func sum(_ recording: Recording, _ channels: Range<Int>) -> Double {
        let width = recording.channels.count
        var sum = 0.0
        for row in 0..<recording.sampleCount {
            for channel in channels {
                sum += Double(recording.samples.values[row * width + channel])
            }
        }
        return sum
    }

    @Test("emg2qwerty: both hands by member name, identity, rate, keystrokes")
    func qwerty() throws {
        let url = Self.url("emg2qwerty_like.hdf5")
        #expect(try ReaderRegistry.standard.reader(for: url).formatName == "emg2qwerty")
        let outcome = try ReaderConformance.check(EMG2QwertyReader(), url)
        let recording = outcome.recording
        let entry = try Self.entry("emg2qwerty_like.hdf5")
        let count = try entry.required("n").integer()
        #expect(recording.sampleCount == count)
        #expect(recording.samplingRate.hertz == 2_000)
        #expect(recording.identity.id == "u0001/2020-09-13-synthetic/on_keyboard")
        #expect(recording.channels.map(\.name).prefix(2) == ["left0", "left1"])
        #expect(recording.channels.last?.name == "right15")
        let first = try entry.required("first").object()
        let firstLeft = try first.required("emg_left0").number()
        let lastRight = try first.required("emg_right15").number()
        let time = try first.required("time").number()
        #expect(Double(recording.samples.values[0]) == firstLeft)
        #expect(Double(recording.samples.values[31]) == lastRight)
        #expect(recording.timeStamps?.first == time)
        let (left, right) = (
            try entry.required("sum_left").number(), try entry.required("sum_right").number()
        )
        #expect(abs(Self.sum(recording, 0..<16) - left) < 1e-6)
        #expect(abs(Self.sum(recording, 16..<32) - right) < 1e-6)
        #expect(recording.labels == nil)
        let details = try #require(recording.history.last?.parameters)
        #expect(details["prompts"] == .integer(1))
    }

    @Test("emg2pose: samples, rate, identity, and where joint angles are invalid")
    func pose() throws {
        let url = Self.url("emg2pose_like.hdf5")
        #expect(try ReaderRegistry.standard.reader(for: url).formatName == "emg2pose")
        let outcome = try ReaderConformance.check(EMG2PoseReader(), url)
        let recording = outcome.recording
        #expect(recording.samplingRate.hertz == 2_000)
        #expect(recording.identity.id == "u0001/2022-04-06-synthetic/FingerPinches1-left")
        let expected = try Self.entry("emg2pose_like.hdf5").required("sum_emg").number()
        #expect(abs(Self.sum(recording, 0..<16) - expected) < 1e-6)
        let details = try #require(recording.history.last?.parameters)
        #expect(details["joint_angles_invalid_rows"] == .integer(100))
        #expect(
            details["joint_angles_invalid_runs"]
                == .list([.list([.integer(1_000), .integer(1_100)])]))
    }

    @Test("NWB: volts by conversion and channel conversion, trials as labels")
    func nwb() throws {
        let url = Self.url("electrical_series.nwb")
        #expect(try ReaderRegistry.standard.reader(for: url).formatName == "nwb")
        let outcome = try ReaderConformance.check(NWBReader(), url)
        let recording = outcome.recording
        #expect(recording.sampleCount == 4_000)
        #expect(recording.samplingRate.hertz == 2_000)
        #expect(Set(recording.channels.map(\.unit)) == ["V"])
        let rows = try Self.entry("electrical_series.nwb").required("first_row").array()
        for (channel, cursor) in rows.enumerated() {
            let number = Double(try cursor.integer())
            let expected = number * 1e-7 * (channel == 7 ? 2 : 1)
            let found = recording.samples.values[channel]
            #expect(abs(found - Float(expected)) <= Float(expected).ulp)
            let scaling = outcome.scaling
            let back = (Double(found) - scaling.offset[channel]) / scaling.scale[channel]
            #expect(back.rounded() == number)
        }
        #expect(recording.labels != nil)
        #expect(recording.history.last?.parameters["starting_time_s"] == .number(1.5))
    }

    /// The datasets of the file of many kinds that hold the same samples.
    static let same = [
        "f4_contig", "f4_gzip9", "f4_shuf_gzip_fletcher", "f4_be", "f8_chunk", "hard", "soft",
        "resizable", "f8_transposed",
    ]

    static func read(_ dataset: String, more: String = "", file: String = "variety.h5") throws
        -> IngestOutcome
    {
        let text = "hdf5:\n  samples: /\(dataset)\n  rate: 2000\n\(more)"
        let folder = try TemporaryFolder()
        let template = folder.url.appending(path: "variety.yaml")
        try Data(text.utf8).write(to: template)
        return try HDF5Reader().read(
            url(file),
            options: ReadOptions(
                identity: IdentityOverride(patient: "p", session: "s", condition: "c"),
                template: SourceTemplate(contentsOf: template)))
    }

    @Test("the same samples from every kind of dataset", arguments: same)
    func variety(dataset: String) throws {
        let expected = try Self.read("f4_contig").recording.samples
        #expect(expected.sampleCount == 2_000)
        #expect(expected.channelCount == 8)
        #expect(Double(expected.values[0]).rounded() == -101)
        let more = dataset == "f8_transposed" ? "  axis: channels-first\n" : ""
        #expect(try Self.read(dataset, more: more).recording.samples == expected)
    }

    @Test(
        "other kinds of numbers",
        arguments: ["i2", "u2_be", "f2", "i2_scaleoffset", "rank1"])
    func numbers(dataset: String) throws {
        let samples = try Self.read(dataset).recording.samples
        #expect(samples.sampleCount == 2_000)
        #expect(samples.channelCount == (dataset == "rank1" ? 1 : 8))
        #expect(samples.values.contains { $0 != 0 })
    }

    @Test(
        "what cannot be samples is refused by name",
        arguments: [
            ("f4_lzf", "unsupported"), ("rank3", "inconsistent"), ("null", "inconsistent"),
            ("scalar", "inconsistent"), ("strs", "inconsistent"), ("enum", "inconsistent"),
            ("bool", "inconsistent"), ("empty", "no-samples"), ("with_nan", "missing-value"),
            ("with_fillvalue_unwritten", "no-samples"),
        ])
    func refused(dataset: String, kind: String) throws {
        let error = try #require(
            #expect(throws: IngestError.self) {
                _ = try Self.read(dataset)
            })
        #expect(error.kind.name == kind, "\(error)")
        #expect(error.location.object?.contains(dataset) == true)
    }

    @Test("a file of the newest HDF5 is read or refused by name")
    func newest() throws {
        do {
            let outcome = try HDF5Reader().read(Self.url("libver_latest.h5"))
            #expect(outcome.recording.sampleCount > 0)
        } catch {
            #expect(error.kind.name == "unsupported", "\(error)")
            #expect("\(error)".contains("newer"))
        }
    }
}
