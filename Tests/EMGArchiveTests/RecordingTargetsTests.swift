import EMGArchive
import EMGSignal
import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

@Suite("Target tracks of recordings")
struct RecordingTargetsTests {
    private static func recording(samples: Int = 2_000) throws -> Recording {
        var recording = try SyntheticRecording.make(samples: samples)
        recording.quality = []
        var random = SeededGenerator(seed: 8)
        func track(_ name: String, _ unit: String, _ dimensions: [String]) throws -> TargetTrack {
            TargetTrack(
                try TargetDescription(name: name, unit: unit, dimensions: dimensions),
                values: SampleMatrix(
                    values: (0..<samples * dimensions.count).map { index in
                        index % 97 == 5 ? .nan : Float(random.nearlyNormal())
                    }, channelCount: dimensions.count))
        }
        recording.targets = [
            try track("joint_angles", "rad", ["thumb", "index", "wrist"]),
            try track("force", "", ["force"]),
        ]
        return recording
    }

    @Test("they are written and read back, unknown values included", arguments: [1, 2_000, 70_000])
    func roundTrip(samples: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try Self.recording(samples: samples)
        try RecordingFile.write(recording, to: url)
        #expect(try RecordingFile.read(url) == recording)
        let header = try RecordingFile.readHeader(url)
        #expect(header.targets == recording.targets.map(\.description))
        #expect(
            header.targets.flatMap(\.columnNames) == [
                "joint_angles/thumb", "joint_angles/index", "joint_angles/wrist", "force",
            ])
        let rows = try RecordingRowsFile(url)
        try rows.verify()
        var block = RowBlock()
        let range = SampleRange(start: samples / 3, end: samples)
        try rows.read(range, into: &block)
        let expected = recording.targets.rows(range.indices)
        #expect(block.targets.map(\.bitPattern) == expected.map(\.bitPattern))
        // Written again from the rows of the file it has the same bytes.
        let again = folder.url.appending(path: "b.h5")
        try RecordingFile.write(rows.header, rows: rows, to: again, threads: 3)
        #expect(try Data(contentsOf: again) == Data(contentsOf: url))
    }

    @Test("a recording without targets has the bytes and the digest that it had before")
    func without() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var recording = try Self.recording()
        recording.targets = []
        try RecordingFile.write(recording, to: url)
        #expect(
            try File.reading(url) { (file) throws(HDF5Error) in try file.hasLink("/targets") }
                == false)
        #expect(try RecordingFile.read(url).targets.isEmpty)
    }

    @Test(
        "h5py finds values, units and dimensions under their names",
        .enabled(if: Python.has(module: "h5py"), "needs Python with h5py"))
    func python() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try Self.recording()
        try RecordingFile.write(recording, to: url)
        let result = try Python.run(
            """
            import h5py, sys, numpy as np
            with h5py.File(sys.argv[1]) as file:
                assert [n.decode() for n in file["targets"].attrs["names"]] == [
                    "joint_angles", "force"]
                angles = file["targets/joint_angles"]
                assert angles.shape == (2000, 3) and angles.dtype == np.float32
                unit = angles.attrs["unit"]
                assert (unit.decode() if isinstance(unit, bytes) else unit) == "rad"
                assert [d.decode() for d in angles.attrs["dimensions"]] == [
                    "thumb", "index", "wrist"]
                print(int(np.isnan(angles[...]).sum()))
            """, arguments: [url.path()])
        #expect(result.status == 0, "\(result.output)")
        let unknown = recording.targets[0].values.values.count { $0.isNaN }
        #expect(result.output.contains("\(unknown)"))
    }

    /// A change of a file that has targets.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var surgery: [HDF5Surgery.Operation] = []
        var texts: (name: String, object: String, values: [String])?
    }

    private static let angles = "/targets/joint_angles"

    static let faults = [
        Fault(
            testDescription: "no list of names",
            surgery: [.removeAttribute("names", of: "/targets")]),
        Fault(
            testDescription: "another order",
            texts: ("names", "/targets", ["force", "joint_angles"])),
        Fault(testDescription: "one left out", texts: ("names", "/targets", ["joint_angles"])),
        Fault(testDescription: "one that is not there", texts: ("names", "/targets", ["none"])),
        Fault(testDescription: "one twice", texts: ("names", "/targets", ["force", "force"])),
        Fault(testDescription: "a path", texts: ("names", "/targets", ["../emg"])),
        Fault(testDescription: "dimensions alike", texts: ("dimensions", angles, ["a", "a", "b"])),
        Fault(testDescription: "fewer dimensions", texts: ("dimensions", angles, ["a", "b"])),
        Fault(testDescription: "other dimensions", texts: ("dimensions", angles, ["a", "b", "c"])),
        Fault(testDescription: "no unit", surgery: [.removeAttribute("unit", of: angles)]),
        Fault(testDescription: "a track is not there", surgery: [.remove(angles)]),
        Fault(
            testDescription: "other values",
            surgery: [.remove(angles), .dataset(angles, .zeros(shape: [2_000, 3]))]),
        Fault(
            testDescription: "more declared than stored",
            surgery: [
                .remove(angles),
                .dataset(angles, .unwritten(shape: [2_000, 1 << 40], chunkRows: 16)),
            ]),
        Fault(
            testDescription: "another file",
            surgery: [
                .remove(angles), .externalLink(angles, file: "/etc/passwd", object: "/emg"),
            ]),
    ]

    @Test("what a file tells otherwise is refused", arguments: faults)
    func refused(fault: Fault) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try RecordingFile.write(Self.recording(), to: url)
        HDF5Surgery.apply(fault.surgery, to: url)
        if let (name, object, values) = fault.texts {
            HDF5Surgery.apply([.removeAttribute(name, of: object)], to: url)
            try File.updating(url) { (file) throws(HDF5Error) in
                try file.setTexts(values, name, of: object)
            }
        }
        #expect(throws: ArchiveError.self) { try RecordingFile.read(url) }
        #expect(throws: ArchiveError.self) {
            let rows = try RecordingRowsFile(url)
            try rows.verify()
        }
    }

    @Test("a recording whose targets have other lengths or one name is refused")
    func lengths() throws {
        let good = try Self.recording()
        func make(_ targets: [TargetTrack]) throws -> Recording {
            try Recording(
                RecordingDescription(
                    identity: good.identity, channels: good.channels,
                    samplingRate: good.samplingRate,
                    source: good.source),
                samples: good.samples,
                targets: targets)
        }
        #expect(try make(good.targets).targets == good.targets)
        let short = TargetTrack(
            good.targets[1].description,
            values: SampleMatrix(values: [1, 2], channelCount: 1))
        #expect(throws: SignalError.self) { try make([short]) }
        #expect(throws: SignalError.self) { try make([good.targets[1], good.targets[1]]) }
        for names in [[], ["a", "a"], ["a/b"], [""]] {
            #expect(throws: SignalError.self) {
                try TargetDescription(name: "angles", unit: "", dimensions: names)
            }
        }
        #expect(throws: SignalError.self) {
            try TargetDescription(name: "../angles", unit: "", dimensions: ["a"])
        }
    }
}
