import Documents
import EMGArchive
import EMGExport
import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Archives written in other formats")
struct ArchiveExportTests {
    private func archive(
        _ identities: [RecordingIdentity], in folder: borrowing TemporaryFolder
    ) throws -> RecordingArchive {
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for (index, identity) in identities.enumerated() {
            let rows = 500 + 37 * index
            let (recording, scaling, _) = try SampleRecordings.integers(
                rows: rows, scale: 0.5, unit: "uV",
                labels: SampleRecordings.labels(rows: rows, run: 90), identity: identity)
            try archive.write(recording, scaling: scaling)
        }
        return archive
    }

    private static func identities() throws -> [RecordingIdentity] {
        [
            try RecordingIdentity(patient: "p7", session: "2023_03_28_p7", condition: "131"),
            try RecordingIdentity(
                patient: "p7", session: "2023_03_28_p7", condition: "131", run: "2"),
            try RecordingIdentity(patient: "p10", session: "2023_04_01_p10", condition: "1_a"),
        ]
    }

    @Test("an archive becomes a BIDS data set, and back", arguments: [ExportFormat.edf, .bdf])
    func bids(format: ExportFormat) throws {
        let folder = try TemporaryFolder()
        let archive = try archive(Self.identities(), in: folder)
        let output = folder.url.appending(path: "out")
        let report = try ArchiveExport(
            archive: archive, folder: output, format: format, threads: 2
        ).run()
        #expect(report.refusedCount == 0 && report.items.count == 3)
        let stem = "sub-p7/ses-20230328p7/emg/sub-p7_ses-20230328p7_task-131_run-2_"
        for ending in ["emg.\(format.rawValue)", "channels.tsv", "events.tsv", "emg.json"] {
            #expect(
                FileManager.default.fileExists(
                    atPath: output.appending(path: stem + ending).path()))
        }
        let registry = ReaderRegistry(readers: [EDFReader(.edf), EDFReader(.bdf)])
        let search = SourceSearch.search([output], registry: registry)
        #expect(search.refused.isEmpty)
        #expect(
            search.sources.map(\.identity.id) == [
                "p7/20230328p7/131", "p7/20230328p7/131-2", "p10/20230401p10/1a",
            ])
        #expect(search.sources.allSatisfy { $0.files.count == 4 })
        for (source, entry) in zip(search.sources, try archive.recordings()) {
            let read = try registry.read(source.url)
            let kept = try archive.read(entry)
            #expect(read.recording.samples == kept.samples)
            #expect(read.recording.channels == kept.channels)
            #expect(read.recording.samplingRate == kept.samplingRate)
            let names = try #require(read.recording.labels?.classNames)
            let keptNames = try #require(kept.labels?.classNames)
            let found = read.recording.labels?.values.map { names[Int($0)] }
            let expected = kept.labels?.values.map { keptNames[Int($0)] }
            #expect(found == expected)
            #expect(
                read.recording.history[0].parameters["labels_from"]
                    == .text(
                        source.url.lastPathComponent.replacing(
                            "emg.\(format.rawValue)", with: "events.tsv")))
            #expect(!read.warnings.contains { $0.kind == .headerFault })
        }
    }

    @Test("the side files say what BIDS asks for")
    func sidecars() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(Array(Self.identities().prefix(1)), in: folder)
        let output = folder.url.appending(path: "out")
        _ = try ArchiveExport(archive: archive, folder: output, format: .bdf).run()
        let stem = "sub-p7/ses-20230328p7/emg/sub-p7_ses-20230328p7_task-131_"
        func text(_ path: String) throws -> String {
            try String(contentsOf: output.appending(path: path), encoding: .utf8)
        }
        let description = try Document(contentsOf: output.appending(path: stem + "emg.json"))
        let members = try description.cursor.object()
        for key in [
            "EMGPlacementScheme", "EMGPlacementSchemeDescription", "EMGReference",
            "SamplingFrequency", "PowerLineFrequency", "RecordingType", "SoftwareFilters",
            "TaskName",
        ] {
            #expect(members.optional(key) != nil, "\(key)")
        }
        #expect(try members.required("SamplingFrequency").number() == 200)
        #expect(try members.required("PowerLineFrequency").string() == "n/a")
        #expect(
            try text(stem + "channels.tsv") == """
                name\ttype\tunits\tsampling_frequency\tstatus
                emg0\tEMG\tuV\t200\tn/a
                emg1\tEMG\tuV\t200\tn/a
                emg2\tEMG\tuV\t200\tn/a

                """)
        #expect(
            try text(stem + "events.tsv").split(separator: "\n").prefix(3) == [
                "onset\tduration\ttrial_type\tsample", "0\t0.45\trelax\t0",
                "0.45\t0.45\topen\t90",
            ])
        #expect(try text("participants.tsv") == "participant_id\tsource_id\nsub-p7\tp7\n")
        let top = try Document(contentsOf: output.appending(path: "dataset_description.json"))
        #expect(try top.cursor.object().required("BIDSVersion").string() == "1.11.1")
    }

    @Test(
        "a data set writes one form of microvolts, in UTF-8",
        arguments: ["uV", "\u{B5}V", "\u{3BC}V", "uv", "\u{FFFD}V"])
    func units(unit: String) throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        let (recording, scaling, _) = try SampleRecordings.integers(scale: 0.5, unit: unit)
        try archive.write(recording, scaling: scaling)
        let output = folder.url.appending(path: "out")
        _ = try ArchiveExport(archive: archive, folder: output, format: .edf).run()
        let stem = "sub-p7/ses-20230328p7/emg/sub-p7_ses-20230328p7_task-131_"
        let data = try Data(contentsOf: output.appending(path: stem + "channels.tsv"))
        let text = try #require(String(validating: data, as: UTF8.self))
        let units = text.split(separator: "\n").dropFirst().map { $0.split(separator: "\t")[2] }
        #expect(units == ["uV", "uV", "uV"])
        let back = try EDFReader(.edf).read(output.appending(path: stem + "emg.edf"))
        #expect(back.recording.channels.map(\.unit) == ["uV", "uV", "uV"])
    }

    @Test("an archive becomes tables, and back")
    func tables() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(Self.identities(), in: folder)
        let output = folder.url.appending(path: "out")
        let report = try ArchiveExport(archive: archive, folder: output, format: .csv).run()
        #expect(report.refusedCount == 0)
        let sources = SourceSearch.search([output], registry: .standard).sources
        #expect(
            Set(sources.map(\.identity.id)) == Set(try Self.identities().map(\.id)))
        for entry in try archive.recordings() {
            let source = try #require(sources.first { $0.identity.id == entry.id })
            let read = try ROAMReader().read(source.url).recording
            let kept = try archive.read(entry)
            #expect(read.samples == kept.samples && read.labels == kept.labels)
        }
    }

    @Test("names that become one are refused, the rest is written")
    func collisions() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(
            [
                RecordingIdentity(patient: "p7", session: "s1", condition: "a_b"),
                RecordingIdentity(patient: "p7", session: "s1", condition: "ab"),
                RecordingIdentity(patient: "p8", session: "s1", condition: "ab"),
                RecordingIdentity(patient: "q-9", session: "s1", condition: "x"),
                RecordingIdentity(patient: "Q9", session: "s2", condition: "y"),
                RecordingIdentity(patient: "___", session: "s2", condition: "y"),
            ], in: folder)
        let output = folder.url.appending(path: "out")
        let report = try ArchiveExport(archive: archive, folder: output, format: .edf).run()
        let written = report.items.filter { item in
            if case .written = item.outcome { true } else { false }
        }
        #expect(written.map(\.recording) == ["p8/s1/ab"])
        #expect(report.refusedCount == 5)
        #expect(
            try String(
                contentsOf: output.appending(path: "participants.tsv"), encoding: .utf8
            )
            .contains("sub-p8") == true)
    }

    @Test("a damaged recording is refused, the rest is written")
    func damage() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(Self.identities(), in: folder)
        let victim = try #require(try archive.recordings().first)
        try Data("no recording".utf8).write(to: victim.url)
        let report = try ArchiveExport(
            archive: archive, folder: folder.url.appending(path: "out"), format: .bdf
        ).run()
        #expect(report.refusedCount == 1 && report.items.count == 3)
    }
}
