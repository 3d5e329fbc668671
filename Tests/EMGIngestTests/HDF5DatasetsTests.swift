import EMGArchive
import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("HDF5 data sets of the field and recordings of our own")
struct HDF5DatasetsTests {
    /// Rows of time from an epoch on, 2 kHz, then values.
    static func rows(_ count: Int, width: Int, more: (Int) -> [Double] = { _ in [] }) -> [[Double]]
    {
        (0..<count).map { row in
            [1.6e9 + Double(row) / 2_000] + more(row)
                + (0..<width).map { HDF5Fixture.value(row, $0) }
        }
    }

    @Test(
        "emg2qwerty: any number of channels a hand, in any order of members", arguments: [nil, 64])
    func qwerty(chunk: Int?) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.hdf5")
        ForeignObject.add(
            [
                .group("/emg2qwerty"),
                .records(
                    "/emg2qwerty/timeseries",
                    [
                        .init("time", .float64), .init("emg_right", .float32, count: 2),
                        .init("emg_left", .float32, count: 3),
                    ], rows: Self.rows(300, width: 5), chunk: chunk),
                .textAttribute("user", of: "/emg2qwerty", Array("u/1".utf8)),
                .textAttribute("session_name", of: "/emg2qwerty", Array("s1".utf8)),
                .textAttribute("keystrokes", of: "/emg2qwerty", Array("[{}, {}".utf8)),
                .textAttribute("prompts", of: "/emg2qwerty", Array("[1, 2, 3]".utf8)),
            ], to: url)
        let outcome = try ReaderConformance.check(
            EMG2QwertyReader(), url,
            options: ReadOptions(identity: IdentityOverride(condition: "typing")))
        let recording = outcome.recording
        #expect(recording.identity.id == "u-1/s1/typing")
        #expect(recording.channels.map(\.name) == ["left0", "left1", "left2", "right0", "right1"])
        #expect(Array(recording.samples.values[5..<10]) == [12, 13, 14, 10, 11])
        #expect(recording.history.last?.parameters["prompts"] == .integer(3))
        #expect(outcome.warnings.contains { $0.kind == .events })
    }

    @Test("emg2pose: rows of zero angles are reported as runs")
    func pose() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.hdf5")
        let rows = Self.rows(300, width: 2) { row in
            (100..<130).contains(row) || row == 299 ? [0, 0, 0] : [0, 1, 0]
        }
        ForeignObject.add(
            [
                .group("/emg2pose"),
                .records(
                    "/emg2pose/timeseries",
                    [
                        .init("time", .float64), .init("joint_angles", .float32, count: 3),
                        .init("emg", .float32, count: 2),
                    ], rows: rows, chunk: nil),
            ], to: url)
        let outcome = try ReaderConformance.check(
            EMG2PoseReader(), url, options: HDF5Fixture.options)
        let details = try #require(outcome.recording.history.last?.parameters)
        #expect(details["joint_angles_invalid_rows"] == .integer(31))
        #expect(
            details["joint_angles_invalid_runs"]
                == .list([
                    .list([.integer(100), .integer(130)]), .list([.integer(299), .integer(300)]),
                ]))
        #expect(outcome.recording.samples.values == HDF5Fixture.floats(300, 2))
        let target = try #require(outcome.recording.targets.first)
        #expect(
            target.description
                == (try TargetDescription(
                    name: "joint_angles", unit: "rad", dimensions: ["angle0", "angle1", "angle2"])))
        for row in 0..<300 {
            let isUnknown = (100..<130).contains(row) || row == 299
            for angle in 0..<3 {
                let value = target.values[row, angle]
                #expect(isUnknown ? value.isNaN : value == (angle == 1 ? 1 : 0))
            }
        }
    }

    @Test("generic-neuromotor-interface: records in the root group, in volts")
    func neuromotor() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.hdf5")
        ForeignObject.add(
            [
                .records(
                    "/data", [.init("time", .float64), .init("emg", .float32, count: 4)],
                    rows: Self.rows(300, width: 4), chunk: 100),
                .textAttribute("task", of: "/data", Array("wrist".utf8)),
            ], to: url)
        #expect(try ReaderRegistry.standard.reader(for: url).formatName == "neuromotor")
        let recording = try ReaderConformance.check(
            NeuromotorReader(), url,
            options: ReadOptions(identity: IdentityOverride(patient: "p", session: "s"))
        ).recording
        #expect(recording.identity.condition == "wrist")
        #expect(recording.channels.first?.unit == "V")
        #expect(recording.samplingRate.hertz == 2_000)
    }

    @Test("a member that is missing is named with those that are there")
    func missingMember() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.hdf5")
        ForeignObject.add(
            [
                .group("/emg2qwerty"),
                .records(
                    "/emg2qwerty/timeseries",
                    [.init("time", .float64), .init("emg_left", .float32, count: 2)],
                    rows: Self.rows(10, width: 2), chunk: nil),
            ], to: url)
        let error = #expect(throws: IngestError.self) {
            _ = try ReaderRegistry.standard.read(url, options: HDF5Fixture.options)
        }
        #expect(
            error?.kind == .missingColumn(name: "emg_right", found: ["time", "emg_left"]))
    }

    @Test("a recording of ours comes back as it was, its history before the new step")
    func own() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "own.h5")
        let step = ProcessingStep(
            operation: "ingest.roam-csv", parameters: ["rows": .integer(400)], software: "before")
        var samples = HDF5Fixture.floats(400, 2)
        samples[20] = .nan
        var description = try RecordingDescription(
            identity: RecordingIdentity(patient: "p7", session: "s", condition: "c", run: "2"),
            channels: [Channel(name: "a", unit: "uV"), Channel(name: "b", unit: "mV")],
            samplingRate: SamplingRate(hertz: 200),
            source: SourceFile(
                name: "p7.csv", sha256: String(repeating: "a", count: 64)))
        description.quality = [
            QualityInterval(
                range: SampleRange(start: 10, end: 11), channel: 0, kind: .nonFinite),
            QualityInterval(
                range: SampleRange(start: 100, end: 110), channel: nil, kind: .relabeled),
        ]
        description.history = [step]
        let recording = try Recording(
            description,
            samples: SampleMatrix(values: samples, channelCount: 2),
            labels: LabelTrack(
                classNames: ["relax", "open"], values: (0..<400).map { $0 < 100 ? 0 : 1 }),
            timeStamps: (0..<400).map { 2 + Double($0) / 200 })
        let scaling = ADCScaling(scale: [0.5, 1], offset: [0, 3])
        try RecordingFile.write(recording, to: url, scaling: scaling)
        #expect(try ReaderRegistry.standard.reader(for: url).formatName == "myotask")
        let outcome = try RecordingFileReader().read(url)
        let found = outcome.recording
        #expect(found.identity == recording.identity)
        #expect(found.channels == recording.channels)
        #expect(found.samplingRate == recording.samplingRate)
        #expect(found.samples.values[20].isNaN)
        #expect(
            found.samples.values.indices.allSatisfy {
                $0 == 20 || found.samples.values[$0] == samples[$0]
            })
        #expect(found.labels == recording.labels)
        #expect(found.timeStamps == recording.timeStamps)
        #expect(found.quality.filter { $0.kind == .nonFinite }.count == 1)
        #expect(found.quality.contains { $0.kind == .relabeled })
        #expect(outcome.scaling == scaling)
        #expect(found.history.first == step)
        #expect(found.history.map(\.operation) == ["ingest.roam-csv", "ingest.myotask"])
    }

    @Test("a recording of ours that was changed is refused")
    func changed() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "own.h5")
        let recording = try Recording(
            RecordingDescription(
                identity: RecordingIdentity(patient: "p", session: "s", condition: "c"),
                channels: [Channel(name: "a", unit: "uV")],
                samplingRate: SamplingRate(hertz: 200),
                source: SourceFile(name: "x", sha256: String(repeating: "a", count: 64))),
            samples: SampleMatrix(values: HDF5Fixture.floats(100, 1), channelCount: 1))
        try RecordingFile.write(recording, to: url)
        HDF5Surgery.apply([.number(300, "sampling_rate_hz", of: "/")], to: url)
        let error = #expect(throws: IngestError.self) { _ = try RecordingFileReader().read(url) }
        #expect(error?.kind.name == "malformed")
        #expect(error?.location.object == "/@content_sha256")
    }
}
