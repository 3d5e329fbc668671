import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("Labels that people add")
struct AddedLabelsTests {
    private static let time = "2026-11-21T13:00:00Z"
    private static let id = "p1/day1/111"

    private static func edited(
        _ recording: Recording, _ actions: [EditDecision.Action]
    ) throws -> EditedMetadata {
        var journal = EditJournal()
        for action in actions { journal.append(action, to: id, by: "ana", at: time) }
        return try EditedMetadata(
            journal.recordings[id] ?? RecordingEdits(), journal.names,
            to: RecordingMetadata(header: RecordingHeader(recording), labels: recording.labels),
            of: EditFile(journal, name: "edits.json"))
    }

    private static func range(_ start: Int, _ end: Int) -> SampleRange {
        SampleRange(start: start, end: end)
    }

    private static func text(_ track: LabelTrack?) -> [String] {
        (track?.runs ?? []).map {
            "\(track?.classNames[Int($0.label)] ?? "") \($0.range.start)–\($0.range.end)"
        }
    }

    /// Ten samples without labels.
    private static func unlabeled() throws -> Recording {
        var recording = try syntheticRecording(runs: [(0, 10)])
        recording.labels = nil
        return recording
    }

    @Test("a recording without labels gets those that are painted, and none elsewhere")
    func paintedOnNothing() throws {
        let edited = try Self.edited(
            Self.unlabeled(),
            [
                .relabel(Self.range(2, 6), className: "pinch"),
                .relabel(Self.range(5, 8), className: "open"),
            ])
        let track = try #require(edited.metadata.labels)
        #expect(track.classNames == ["unlabeled", "open", "pinch"])
        #expect(
            Self.text(track) == [
                "unlabeled 0–2", "pinch 2–5", "open 5–8", "unlabeled 8–10",
            ])
        #expect(edited.metadata.header.classNames == track.classNames)
        #expect(edited.metadata.header.quality.isEmpty, "nothing was labeled otherwise before")
    }

    @Test("labels that cover the whole recording leave nothing unlabeled")
    func wholeRecording() throws {
        let edited = try Self.edited(
            Self.unlabeled(),
            [
                .label(
                    [
                        LabeledRange(Self.range(0, 10), className: "rest"),
                        LabeledRange(Self.range(3, 5), className: "open"),
                    ], origin: "onsets")
            ])
        #expect(edited.metadata.labels?.classNames == ["open", "rest"])
        #expect(Self.text(edited.metadata.labels) == ["rest 0–3", "open 3–5", "rest 5–10"])
    }

    @Test("new classes come behind those of the recording, in the order of their names")
    func newClasses() throws {
        let recording = try syntheticRecording(runs: [(0, 5), (1, 5)])
        let edited = try Self.edited(
            recording,
            [
                .relabel(Self.range(4, 6), className: "wave", isNew: true),
                .relabel(Self.range(8, 9), className: "pinch", isNew: true),
                .relabel(Self.range(9, 10), className: "unlabeled"),
            ])
        let names = ["relax", "open", "close", "unlabeled", "pinch", "wave"]
        #expect(edited.metadata.labels?.classNames == names)
        #expect(edited.metadata.labels?.values == [0, 0, 0, 0, 5, 5, 1, 1, 4, 3])
        #expect(
            edited.metadata.header.quality.map(\.range) == [Self.range(4, 6), Self.range(8, 10)])
    }

    @Test("what was unlabeled before is not marked as relabeled")
    func unlabeledBefore() throws {
        var recording = try syntheticRecording(runs: [(0, 6), (1, 4)])
        let values = try #require(recording.labels).values
        recording.labels = try LabelTrack(classNames: ["unlabeled", "open"], values: values)
        let edited = try Self.edited(
            recording, [.relabel(Self.range(4, 8), className: "rest", isNew: true)])
        #expect(edited.metadata.header.quality.map(\.range) == [Self.range(6, 8)])
    }

    @Test(
        "a class that is not said to be new, or is one too many, is refused at its decision",
        arguments: [
            (
                [EditDecision.Action.relabel(range(0, 2), className: "opne")],
                "did you mean \"open\"?", 0
            ),
            (
                [
                    .relabel(range(0, 2), className: "pinch", isNew: true),
                    .relabel(range(3, 4), className: "pinhc"),
                ], "\"new\": true", 1
            ),
            (
                [
                    .label(
                        (0..<253).map {
                            LabeledRange(SampleRange(start: 0, end: 1), className: "class \($0)")
                        }, origin: "x")
                ], "at most 255", 0
            ),
            ([.relabel(range(0, 2), className: "", isNew: true)], "the name of a class", 0),
            (
                [.label([LabeledRange(range(8, 11), className: "open")], origin: "x")],
                "at most 10", 0
            ),
        ])
    func refused(actions: [EditDecision.Action], reason: String, decision: Int) throws {
        let recording = try syntheticRecording(runs: [(0, 10)])
        let error = #expect(throws: DocumentError.self) {
            _ = try Self.edited(recording, actions)
        }
        let message = try #require(error).description
        #expect(
            message.contains(reason) && message.contains("decisions[\(decision)]"), "\(message)")
    }

    @Test("a collection is built from recordings whose labels stand in the edit file alone")
    func built() throws {
        let labels = try #require(try StudyInFolder.recording(1).labels)
        let study = try StudyInFolder()
        let archive = RecordingArchive(folder: study.folder.url.appending(path: "bare"))
        var journal = EditJournal()
        for patient in 1...4 {
            var recording = try StudyInFolder.recording(patient)
            recording.labels = nil
            try archive.write(recording)
            let intervals = labels.runs.map {
                LabeledRange($0.range, className: labels.classNames[Int($0.label)])
            }
            let id = recording.identity.id
            journal.append(.label(intervals, origin: "table"), to: id, by: "ana", at: Self.time)
        }
        let url = study.folder.url.appending(path: "edits.json")
        try Data(journal.json.utf8).write(to: url)
        var configuration = StudyInFolder.configuration
        configuration.classes = ClassMap(order: labels.classNames)
        configuration.edits = EditSelection(file: url, take: .unrejected)
        let manifestURL = study.folder.url.appending(path: "bare.json")
        let report = try CollectionBuilder(configuration: configuration)
            .build(from: archive, to: manifestURL)
        #expect(report.refused.isEmpty)
        let (file, other) = (
            try CollectionFile.open(manifestURL), try CollectionFile.open(study.manifestURL)
        )
        for task in file.manifest.tasks {
            #expect(try file.tensors(for: task.id) == other.tensors(for: task.id))
        }
        #expect(
            try CollectionVerification.verify(manifestURL, from: archive, edits: url).differences
                .isEmpty)
    }
}
