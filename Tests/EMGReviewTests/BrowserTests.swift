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
}
