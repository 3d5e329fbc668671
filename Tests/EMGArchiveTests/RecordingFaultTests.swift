import EMGArchive
import EMGSignal
import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

/// A good recording, spoiled in one way each.
@Suite("Damaged recordings")
struct RecordingFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let operations: [HDF5Surgery.Operation]
        let kind: ArchiveError.Kind
        let object: String
    }

    /// Puts a dataset in the place of another one.
    private static func replacing(
        _ name: String, by fault: HDF5Surgery.DatasetFault
    ) -> [HDF5Surgery.Operation] {
        [.remove(name), .dataset(name, fault)]
    }

    private static func rate(_ value: Double, found: String) -> Fault {
        Fault(
            testDescription: "sampling rate \(value)",
            operations: [.number(value, "sampling_rate_hz", of: "/")],
            kind: .invalid(
                expected: "a rate above 0 and at most 1000000 Hz", found: found),
            object: "/@sampling_rate_hz")
    }

    private static let faults: [Fault] = [
        Fault(
            testDescription: "another format",
            operations: [.fixedText(Array("nwb".utf8), "format", of: "/", padding: .nullPadded)],
            kind: .wrongFormat(expected: "myotask recording", found: "nwb"), object: ""),
        Fault(
            testDescription: "no format",
            operations: [.removeAttribute("format", of: "/")],
            kind: .wrongFormat(expected: "myotask recording", found: nil), object: ""),
        Fault(
            testDescription: "no /emg, but /signal",
            operations: replacing("/emg", by: .zeros(shape: [1])) + [
                .remove("/emg"), .dataset("/signal", .zeros(shape: [3_000, 4])),
            ],
            kind: .storage(
                .missing(
                    what: "dataset", found: ["label", "quality", "signal", "time_s"], count: 4)),
            object: "/emg"),
        Fault(
            testDescription: "rank 3",
            operations: replacing("/emg", by: .zeros(shape: [10, 2, 2])),
            kind: .storage(.unexpectedShape(expected: "2 dimensions", found: "3")),
            object: "/emg"),
        Fault(
            testDescription: "channels first",
            operations: replacing("/emg", by: .zeros(shape: [4, 3_000])),
            kind: .storage(
                .missing(what: "attribute", found: [], count: 0)), object: "/emg@channel_names"),
        Fault(
            testDescription: "a null dataspace",
            operations: replacing("/emg", by: .nullSpace),
            kind: .storage(
                .unexpectedShape(expected: "values", found: "an empty (null) dataspace")),
            object: "/emg"),
        Fault(
            testDescription: "a compound",
            operations: replacing("/emg", by: .compound),
            kind: .storage(.unexpectedShape(expected: "2 dimensions", found: "1")),
            object: "/emg"),
        rate(0, found: "0.0"),
        rate(-200, found: "-200.0"),
        rate(.nan, found: "nan"),
        rate(.infinity, found: "inf"),
        rate(1e300, found: "1e+300"),
        Fault(
            testDescription: "sampling rate as a text",
            operations: [
                .fixedText(
                    Array("2000".utf8), "sampling_rate_hz", of: "/", padding: .nullPadded)
            ],
            kind: .storage(
                .unexpectedType(expected: "64-bit float", found: "text of 4 bytes")),
            object: "/@sampling_rate_hz"),
        Fault(
            testDescription: "no sampling rate",
            operations: [.removeAttribute("sampling_rate_hz", of: "/")],
            kind: .storage(.missing(what: "attribute", found: [], count: 0)),
            object: "/@sampling_rate_hz"),
        Fault(
            testDescription: "effective rate 0",
            operations: [.number(0, "effective_rate_hz", of: "/")],
            kind: .invalid(expected: "a rate above 0 and at most 1000000 Hz", found: "0.0"),
            object: "/@effective_rate_hz"),
        Fault(
            testDescription: "a patient that leaves the folder",
            operations: [.fixedText(Array("../p1".utf8), "patient", of: "/", padding: .nullPadded)],
            kind: .invalid(expected: "a patient that can be a file's name", found: "../p1"),
            object: "/"),
        Fault(
            testDescription: "a history that is no JSON",
            operations: [.fixedText(Array("[{".utf8), "history", of: "/", padding: .nullPadded)],
            kind: .invalid(
                expected: "a JSON list of steps with finite numbers",
                found: "history:1:3: expected a member's name in double quotes, "
                    + "found the end of the document"), object: "/@history"),
        Fault(
            testDescription: "2^32 rows, nothing written",
            operations: replacing("/emg", by: .unwritten(shape: [1 << 32, 4], chunkRows: 512)),
            kind: .storage(.storage(.unwritten(expected: 1 << 23, found: 0))), object: "/emg"),
        Fault(
            testDescription: "a bomb: deflate twice over",
            operations: replacing(
                "/emg", by: .deflated(shape: [1 << 20, 4], chunkRows: 1 << 15, times: 2)),
            kind: .storage(.storage(.repeatedCompression)), object: "/emg"),
        Fault(
            testDescription: "a bomb: a chunk of 32 MiB",
            operations: replacing(
                "/emg", by: .deflated(shape: [1 << 21, 4], chunkRows: 1 << 21, times: 1)),
            kind: .storage(.storage(.tooLarge(bytes: 32 << 20, limit: 4 << 20))),
            object: "/emg"),
        Fault(
            testDescription: "soft links in a circle",
            operations: [
                .remove("/emg"), .softLink("/emg", target: "/b"), .softLink("/b", target: "/emg"),
            ],
            kind: .storage(.link(.loop)), object: "/emg"),
        Fault(
            testDescription: "a dangling link",
            operations: [.remove("/emg"), .softLink("/emg", target: "/nowhere")],
            kind: .storage(.link(.dangling(target: "/nowhere"))), object: "/emg"),
        Fault(
            testDescription: "a link into another file",
            operations: [
                .remove("/emg"), .externalLink("/emg", file: "b.h5", object: "/emg"),
            ],
            kind: .storage(.link(.external(file: "b.h5"))), object: "/emg"),
        Fault(
            testDescription: "a label track in another file",
            operations: [
                .remove("/label"), .externalLink("/label", file: "b.h5", object: "/label"),
            ],
            kind: .storage(.link(.external(file: "b.h5"))), object: "/label"),
        Fault(
            testDescription: "a virtual dataset",
            operations: replacing(
                "/emg", by: .virtual(shape: [3_000, 4], file: "b.h5", object: "/emg")),
            kind: .storage(.storage(.virtual)), object: "/emg"),
        Fault(
            testDescription: "values in another file",
            operations: replacing("/emg", by: .external(shape: [2, 2], file: "/etc/hostname")),
            kind: .storage(.storage(.external)), object: "/emg"),
        Fault(
            testDescription: "chunks that were never written",
            operations: replacing(
                "/emg", by: .firstChunkOnly(shape: [3_000, 4], chunkRows: 500)),
            kind: .storage(.storage(.unwritten(expected: 6, found: 1))), object: "/emg"),
        Fault(
            testDescription: "an unknown filter",
            operations: replacing(
                "/emg", by: .foreignFilter(shape: [3_000, 4], number: 32_015)),
            kind: .storage(.storage(.unknownFilter(id: 32_015, name: "Zstandard"))),
            object: "/emg"),
        Fault(
            testDescription: "labels as numbers with a fraction",
            operations: [
                .softLink("/other", target: "/label"),
                .remove("/time_s"), .softLink("/time_s", target: "/emg"),
            ],
            kind: .storage(.unexpectedShape(expected: "1 dimension", found: "2")),
            object: "/time_s"),
        Fault(
            testDescription: "too few time stamps",
            operations: replacing("/time_s", by: .zeros(shape: [2_999])),
            kind: .storage(.unexpectedShape(expected: "3000 values", found: "2999")),
            object: "/time_s"),
        Fault(
            testDescription: "a quality table of numbers with a fraction",
            operations: replacing("/quality", by: .zeros(shape: [1, 4])),
            kind: .storage(
                .unexpectedType(expected: "64-bit integer", found: "32-bit float")),
            object: "/quality"),
    ]

    @Test("a fault is named with its place", arguments: faults)
    func refused(fault: Fault) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try RecordingFile.write(try SyntheticRecording.make(), to: url)
        HDF5Surgery.apply(fault.operations, to: url)
        let error = #expect(throws: ArchiveError.self) { try RecordingFile.read(url) }
        #expect(error?.kind == fault.kind)
        #expect(error?.location.object == fault.object)
        #expect(error?.location.file == url.path(percentEncoded: false))
        #expect(error?.hint.isEmpty == false)
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
        // The header is checked the same way.
        #expect(throws: ArchiveError.self) { try RecordingFile.readHeader(url) }
    }

    @Test("a newer format version is said to be one")
    func newerFormat() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText("myotask.recording", "format", of: "/")
            try file.setNumber(Int64(2), "format_version", of: "/")
        }
        let error = #expect(throws: ArchiveError.self) { try RecordingFile.read(url) }
        #expect(error?.kind == .unsupportedVersion(expected: 1, found: 2))
    }

    @Test("extra links with names that are not UTF-8 do not matter")
    func strangeNames() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try SyntheticRecording.make()
        try RecordingFile.write(recording, to: url)
        HDF5Surgery.apply([.linkNamed([0x1B, 0x5B, 0xFF, 0xC0], target: "/nowhere")], to: url)
        #expect(try RecordingFile.read(url) == recording)
    }

    @Test("an attribute that was changed behind the digest's back is noticed")
    func digest() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try SyntheticRecording.make()
        try RecordingFile.write(recording, to: url)
        HDF5Surgery.apply([.number(201, "sampling_rate_hz", of: "/")], to: url)
        let error = #expect(throws: ArchiveError.self) { try RecordingFile.read(url) }
        guard case .hashMismatch = error?.kind else {
            Issue.record("expected a hash mismatch, got \(String(describing: error))")
            return
        }
        // Whoever means it removes the digest.
        HDF5Surgery.apply([.removeAttribute("content_sha256", of: "/")], to: url)
        #expect(try RecordingFile.read(url).samplingRate.hertz == 201)
    }

    @Test("a file that is cut off is refused, wherever")
    func truncated() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try RecordingFile.write(try SyntheticRecording.make(), to: url)
        let whole = try Data(contentsOf: url)
        let cut = folder.url.appending(path: "cut.h5")
        for length in [0, 1, 8, 50, 95] + Array(stride(from: 96, to: whole.count, by: 317)) {
            try whole.prefix(length).write(to: cut)
            let error = #expect(throws: ArchiveError.self) { try RecordingFile.read(cut) }
            if length < 8 { #expect(error?.kind == .storage(.notHDF5)) }
            if length >= 96 { #expect(error?.kind == .storage(.truncated)) }
        }
    }

    @Test("a flipped byte in a chunk is caught by its checksum")
    func flippedChunkBytes() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        // Noise does not compress: nearly all of the file is chunks of /emg.
        try RecordingFile.write(try SyntheticRecording.make(samples: 60_000), to: url)
        var bytes = try Data(contentsOf: url)
        let middle = bytes.count / 2
        for index in middle..<middle + 4 { bytes[index] ^= 0x5A }
        try bytes.write(to: url)
        let error = #expect(throws: ArchiveError.self) { try RecordingFile.read(url) }
        guard case .storage(.damaged(let reason)) = error?.kind else {
            Issue.record("expected damage, got \(String(describing: error))")
            return
        }
        #expect(reason.contains("Fletcher-32"))
        #expect(error?.location.object == "/emg")
    }

    @Test("a superblock with flipped bytes is refused", arguments: 0..<96)
    func flippedSuperblock(index: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try SyntheticRecording.make(samples: 100)
        try RecordingFile.write(recording, to: url)
        var bytes = try Data(contentsOf: url)
        bytes[index] ^= 0xFF
        try bytes.write(to: url)
        do {
            // Some of its bytes say nothing.
            #expect(try RecordingFile.read(url) == recording)
        } catch {
            #expect(error.description.contains("hint: "))
        }
    }

    @Test(
        "a file with random bytes changed gives an error or the same recording", arguments: 0..<16)
    func randomMutants(part: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let recording = try SyntheticRecording.make(samples: 200, channels: 2)
        try RecordingFile.write(recording, to: url)
        let good = try Data(contentsOf: url)
        var random = SeededGenerator(seed: UInt64(part), stream: "mutants")
        for _ in 0..<40 {
            var bytes = good
            for _ in 0...random.integer(below: 4) {
                let index = random.integer(below: bytes.count)
                switch random.integer(below: 4) {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes[index] ^= 1 << UInt8(random.integer(below: 8))
                case 2: bytes[index] = 0
                default: bytes[index] = 0xFF
                }
            }
            try bytes.write(to: url)
            do {
                #expect(try RecordingFile.read(url) == recording)
            } catch {
                #expect(error.description.contains("hint: "))
            }
            _ = try? RecordingFile.readHeader(url)
        }
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }

    @Test(
        "every damaged file of other tools gets an error",
        .enabled(
            if: SharedMaterial.isPresent("golden/bad/h5"),
            "needs damaged files beside the checkout"))
    func foreignFiles() throws {
        let folder = SharedMaterial.url("golden/bad/h5")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        #expect(files.count > 20)
        for file in files {
            let error = #expect(throws: ArchiveError.self) { try RecordingFile.read(file) }
            let description = try #require(error?.description)
            #expect(description.contains("hint: "))
            #expect(!description.contains("\u{1B}"))
        }
    }
}
