import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("The review page in a browser")
struct BrowserTests {
    private static let reason =
        "needs Python with selenium, and Debian's chromium and chromium-driver"

    private struct Seen: Decodable {
        let address: String
        let list: [String]
        let labels: [String]
        let approved: [String]
        let rejected: [String]
        let edited: String
        let progress: String
        let made: String
        let preview: String
        let log: [String]
        let yaml: String
    }

    @Test(
        "three recordings by keyboard, an undo, new labels, and the collection that build makes",
        .enabled(if: Chromium.isPossible, Comment(rawValue: reason)), .timeLimit(.minutes(5)))
    func review() throws {
        let small = try SmallArchive(patients: 5)
        let folder = small.folder.url
        let review = try RunningPage([
            "review",
            small.archive.folder.path(), "--collection", folder.appending(path: "study").path(),
            "--reviewer", "ana",
        ])
        let downloads = folder.appending(path: "downloads")
        try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
        let program = try String(
            contentsOf: SharedMaterial.packageFolder.appending(
                path: "Tests/EMGReviewTests/Browser/review.py"), encoding: .utf8)
        let result = try Python.run(program, arguments: [review.address, downloads.path()])
        try #require(result.status == 0, "\(result.output)")
        let line = try #require(result.output.split(separator: "\n").last)
        let seen = try JSONDecoder().decode(Seen.self, from: Data(line.utf8))

        #expect(!seen.address.contains("token"))
        #expect(seen.list == (1...5).map { "p\($0)/day1/111" })
        #expect(seen.labels.allSatisfy { $0.contains("unseen") && $0.contains("percent") })
        #expect(seen.log.isEmpty, "\(seen.log)")
        #expect(seen.progress == "4 of 5 reviewed")

        let edits = folder.appending(path: "archive.edits.json")
        let recordings = try EditFile(contentsOf: edits).journal.recordings
        for id in seen.approved { #expect(recordings[id]?.state == .approved) }
        for id in seen.rejected { #expect(recordings[id]?.state == .rejected) }
        let edited = try #require(recordings[seen.edited])
        #expect(edited.relabelings.count == 2)
        #expect(edited.excluded.map(\.indices) == [200..<300])
        #expect(edited.excludedChannels == ["emg1"])
        #expect(edited.note == "electrode 2 was loose")

        // What the page made is what the command makes of what it let download.
        let again = folder.appending(path: "again/study.json")
        let build = try CommandRun([
            "build", small.archive.folder.path(), "--config",
            downloads.appending(path: seen.yaml).path(), "--edits", edits.path(), "--output",
            again.path(),
        ])
        #expect(build.status == 0, "\(build.problems)")
        for name in ["study.json", "study.h5"] {
            let one = try Data(contentsOf: folder.appending(path: name))
            let other = try Data(contentsOf: folder.appending(path: "again/\(name)"))
            #expect(one == other, "\(name) differs")
        }
        let manifest = try CollectionManifest(contentsOf: again)
        #expect(Set(manifest.tasks.map(\.id)) == Set(seen.approved))
        #expect(manifest.splits.test == [seen.edited])
    }

    private struct Labeled: Decodable {
        let unlabeled: [String]
        let uncued: String
        let accepted: [String]
        let painted: [String]
        let proposed: String
        let imported: [String]
        let people: [String]
        let report: Report
        let patients: [String: String]
        let yaml: String
        let made: String
        let log: [String]

        struct Report: Decodable {
            let title: String
            let drawings: Int
        }
    }

    @Test(
        "labels by onset detection, typed class, mouse and table; names, report and kept splits",
        .enabled(if: Chromium.isPossible, Comment(rawValue: reason)), .timeLimit(.minutes(5)))
    func labels() throws {
        let small = try UnlabeledArchive()
        let folder = small.folder.url
        try """
        window: {length: 40, stride: 20}
        split: {rule: fraction, fraction: 0.5}
        classes: {merge: {rest: [unlabeled, still, relax]}, drop: [open, close, pinch], order: [rest, grip]}
        splits: {test: 0, train: 1}
        edits: {file: archive.edits.json, take: not_rejected}
        """.write(to: folder.appending(path: "c.yaml"), atomically: true, encoding: .utf8)
        try "onset\tduration\ttrial_type\n1.0\t2.0\tgrip\n5.0\t1.5\tpinch\n8.0\t1.5\tgrip\n"
            .write(to: folder.appending(path: "p2_events.tsv"), atomically: true, encoding: .utf8)
        let review = try RunningPage([
            "review",
            small.archive.folder.path(), "--config", folder.appending(path: "c.yaml").path(),
            "--collection", folder.appending(path: "study").path(), "--reviewer", "ana",
        ])
        let downloads = folder.appending(path: "downloads")
        try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
        let program = try String(
            contentsOf: SharedMaterial.packageFolder.appending(
                path: "Tests/EMGReviewTests/Browser/labels.py"), encoding: .utf8)
        let result = try Python.run(
            program,
            arguments: [
                review.address, downloads.path(), folder.appending(path: "p2_events.tsv").path(),
            ])
        try #require(result.status == 0, "\(result.output)")
        let line = try #require(result.output.split(separator: "\n").last)
        let seen = try JSONDecoder().decode(Labeled.self, from: Data(line.utf8))

        #expect(seen.unlabeled == [UnlabeledArchive.first, "This recording has no labels."])
        #expect(seen.uncued.contains("3 movements follow no cue"))
        #expect(seen.accepted.count == 7 && seen.accepted.count { $0.hasPrefix("still") } == 4)
        #expect(seen.painted.contains("pinch (edited)") && seen.painted.contains("close (edited)"))
        #expect(seen.proposed.contains("grip 2 (new class)"))
        #expect(seen.imported.count == 7, "\(seen.imported)")
        #expect(seen.people == ["p1"])
        #expect(seen.report.title.contains("p2/day1/a") && seen.report.drawings >= 3)
        #expect(seen.log.isEmpty, "\(seen.log)")

        let edits = folder.appending(path: "archive.edits.json")
        let journal = try EditFile(contentsOf: edits).journal
        #expect(journal.recordings[UnlabeledArchive.first]?.relabelings.count == 5)
        let names = journal.names
        let second = try small.archive.readHeader(
            #require(try small.archive.recordings().last)
        ).identity
        #expect(names.identity(of: second).id == "p1/day2/a")

        // The page says where the configuration puts people, and keeps how it says so.
        #expect(seen.patients == ["p1": "Train"])
        let configured = try String(
            contentsOf: downloads.appending(path: seen.yaml), encoding: .utf8)
        #expect(configured.contains("train: 1") && configured.contains("not_rejected"))
        let again = folder.appending(path: "again/study.json")
        let build = try CommandRun([
            "build", small.archive.folder.path(), "--config",
            folder.appending(path: "c.yaml").path(),
            "--output", again.path(),
        ])
        #expect(build.status == 0, "\(build.problems)")
        for name in ["study.json", "study.h5"] {
            let one = try Data(contentsOf: folder.appending(path: name))
            let other = try Data(contentsOf: folder.appending(path: "again/\(name)"))
            #expect(one == other, "\(name) differs")
        }
    }
}
