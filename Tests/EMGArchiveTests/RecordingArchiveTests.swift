import EMGArchive
import EMGSignal
import Files
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("Recording archives")
struct RecordingArchiveTests {
    @Test("recordings are listed in the order of people, with their ids")
    func listing() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url)
        for (patient, condition, run) in [
            ("p10", "131", ""), ("p2", "131", ""), ("p2", "21", ""), ("p2", "131", "10"),
            ("p2", "131", "9"),
        ] {
            try archive.write(
                try SyntheticRecording.make(
                    patient: patient, session: "s", condition: condition, run: run, samples: 40))
        }
        try Data().write(to: folder.url.appending(path: "notes.txt"))
        try Data().write(to: folder.url.appending(path: "p2/s/notes.h5.txt"))
        try Data().write(to: folder.url.appending(path: "p2/s/.hidden.h5"))
        let entries = try archive.recordings()
        #expect(
            entries.map(\.id) == [
                "p2/s/21", "p2/s/131", "p2/s/131-9", "p2/s/131-10", "p10/s/131",
            ])
        for entry in entries {
            #expect(try archive.read(entry).identity.id == entry.id)
            #expect(try archive.readHeader(entry).identity.id == entry.id)
        }
    }

    @Test("what a process that was killed while writing left is no recording, and in nobody's way")
    func partialFiles() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url)
        let recording = try SyntheticRecording.make()
        let place = archive.url(for: recording.identity)
        let left = place.deletingLastPathComponent().appending(
            path: ".\(place.lastPathComponent).99999999.partial")
        try AtomicFile.write([7], to: left)
        #expect(try archive.recordings().isEmpty)
        try StaleFiles.sweep(in: folder.url)
        try archive.write(recording)
        let names = try FileManager.default.contentsOfDirectory(
            atPath: place.deletingLastPathComponent().path(percentEncoded: false))
        #expect(names == [place.lastPathComponent])
    }

    @Test("an archive that is not there is an error, an empty one is not")
    func emptyArchives() throws {
        let folder = try TemporaryFolder()
        #expect(try RecordingArchive(folder: folder.url).recordings().isEmpty)
        let error = #expect(throws: ArchiveError.self) {
            try RecordingArchive(folder: folder.url.appending(path: "none")).recordings()
        }
        guard case .fileSystem = error?.kind else {
            Issue.record("expected a file system error, got \(String(describing: error))")
            return
        }
    }

    @Test("a file that was moved to another recording's place is refused")
    func movedFiles() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url)
        let url = try archive.write(try SyntheticRecording.make(patient: "p1", samples: 40))
        let other = try RecordingIdentity(
            patient: "p2", session: "2024_01_02_p1", condition: "131")
        let place = archive.url(for: other)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: url, to: place)
        let entry = try #require(try archive.recordings().last)
        for attempt in [{ _ = try archive.read(entry) }, { _ = try archive.readHeader(entry) }] {
            let error = #expect(throws: ArchiveError.self) { try attempt() }
            #expect(
                error?.kind
                    == .identityMismatch(
                        expected: "p2/2024_01_02_p1/131", found: "p1/2024_01_02_p1/131"))
        }
    }

    @Test("a recording is not written over another one that shares its path only")
    func sharedPaths() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url)
        let recording = try SyntheticRecording.make(condition: "a-b", samples: 40)
        try archive.write(recording)
        try archive.write(recording)
        let other = try SyntheticRecording.make(condition: "a", run: "b", samples: 40)
        let error = #expect(throws: ArchiveError.self) { try archive.write(other) }
        guard case .identityMismatch = error?.kind else {
            Issue.record("expected a mismatch, got \(String(describing: error))")
            return
        }
        #expect(try RecordingFile.read(archive.url(for: recording.identity)) == recording)
    }

    @Test("a damaged recording is written over", arguments: [0, 500])
    func damagedFiles(length: Int) throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url)
        let recording = try SyntheticRecording.make(samples: 40)
        let url = try archive.write(recording)
        try Data(contentsOf: url).prefix(length).write(to: url)
        try archive.write(recording)
        #expect(try RecordingFile.read(url) == recording)
        HDF5Surgery.apply([.remove("/emg")], to: url)
        try archive.write(recording)
        #expect(try RecordingFile.read(url) == recording)
    }

    @Test("a file that is no recording, or one of a newer version, is never written over")
    func foreignFiles() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url)
        let recording = try SyntheticRecording.make(samples: 40)
        let url = archive.url(for: recording.identity)
        func check(_ kind: ArchiveError.Kind) throws {
            let before = try Data(contentsOf: url)
            let error = #expect(throws: ArchiveError.self) { try archive.write(recording) }
            #expect(error?.kind == kind)
            #expect(error?.hint.contains("move this file") == true)
            let header = RecordingFile.header(of: recording)
            #expect(throws: (any Error).self) { try archive.write(header, rows: recording) }
            #expect(try Data(contentsOf: url) == before)
        }
        try AtomicFile.write([1, 2, 3], to: url)
        try check(.storage(.notHDF5))
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/emg", values: [Float(1)], shape: [1])
        }
        try check(.wrongFormat(expected: "myotask recording", found: nil))
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText("nwb", "format", of: "/")
        }
        try check(.wrongFormat(expected: "myotask recording", found: "nwb"))
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText("myotask.recording", "format", of: "/")
            try file.setNumber(Int64(2), "format_version", of: "/")
        }
        try check(.unsupportedVersion(expected: 1, found: 2))
    }

    @Test("links out of the archive are refused, links within it are followed")
    func links() throws {
        let folder = try TemporaryFolder()
        let outside = folder.url.appending(path: "outside.h5")
        let recording = try SyntheticRecording.make(session: "s", samples: 40)
        try RecordingFile.write(recording, to: outside)
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        try archive.write(try SyntheticRecording.make(session: "s2", samples: 40))
        let link = archive.url(for: recording.identity)
        try FileManager.default.createDirectory(
            at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: outside)
        let entry = try #require(try archive.recordings().first { $0.id == "p1/s/131" })
        let error = #expect(throws: ArchiveError.self) { try archive.read(entry) }
        guard case .outsideFolder = error?.kind else {
            Issue.record("expected a link out of the folder, got \(String(describing: error))")
            return
        }
        // A link that leads nowhere is listed, and an error when read.
        try FileManager.default.removeItem(at: outside)
        #expect(try archive.recordings().count == 2)
        #expect(throws: ArchiveError.self) { try archive.read(entry) }
        let inside = folder.url.appending(path: "archive/store")
        try RecordingFile.write(recording, to: inside)
        try FileManager.default.removeItem(at: link)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: inside)
        #expect(try archive.read(entry) == recording)
    }
}
