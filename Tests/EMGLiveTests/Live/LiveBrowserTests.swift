import Decoding
import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("The live page in a browser")
struct LiveBrowserTests {
    private static let reason =
        "needs Python with selenium, and Debian's chromium and chromium-driver"

    private struct Seen: Decodable {
        let electrodes: Int
        let stream: String
        let prompts: [String]
        let gaps: Int
        let share: Double
        let taken: Int
        let recording: String
        let second: String
        let steps: Int
        let control: String
        let log: String
        let problems: [String]
    }

    @Test(
        "three cycles, adaptations while decisions go on, an undo and targets, by a synthetic person",
        .enabled(if: Chromium.isPossible, Comment(rawValue: reason)), .timeLimit(.minutes(8)))
    func live() throws {
        let folder = try TemporaryFolder()
        let bundle = folder.url.appending(path: "people.myodec")
        try LivePeople.discriminant(gain: 4).write(to: bundle)
        let archive = folder.url.appending(path: "archive")
        let live = try RunningPage([
            "live", bundle.path(), "--archive", archive.path(), "--from", "synthetic:7",
        ])
        let program = try String(
            contentsOf: SharedMaterial.packageFolder.appending(
                path: "Tests/EMGLiveTests/Browser/live.py"), encoding: .utf8)
        let result = try Python.run(
            program,
            arguments: [live.address, "\(live.processIdentifier)", folder.url.path()])
        try #require(result.status == 0, "\(result.output)")
        let line = try #require(result.output.split(separator: "\n").last)
        let seen = try JSONDecoder().decode(Seen.self, from: Data(line.utf8))
        #expect(seen.problems.isEmpty)
        #expect(seen.electrodes == LivePeople.channels.count)
        #expect(seen.stream == "synthetic:7: 8 channels, 500 Hz")
        #expect(seen.prompts.contains("Open your hand") && seen.prompts.contains("Close your hand"))
        #expect(seen.gaps >= 1)
        // Decisions never waited for an adaptation; a window of samples was lost with the gap.
        #expect(seen.share > 0.95)
        #expect(seen.taken >= 2 && seen.steps >= seen.taken)
        #expect(seen.second == "p9/day1/calibration")
        #expect(seen.control.contains("Throughput") || seen.control.contains("throughput"))
        #expect(FileManager.default.fileExists(atPath: seen.log))
        // What the server kept is what convert makes of the raw stream.
        let sessions = folder.url.appending(path: "archive-sessions")
        let again = folder.url.appending(path: "again")
        let command = try CommandRun([
            "convert", sessions.path(), "--template", sessions.appending(path: "live.yaml").path(),
            "--output", again.path(),
        ])
        #expect(command.status == 0, "\(command.problems)")
        #expect(
            try Data(contentsOf: URL(filePath: seen.recording))
                == Data(contentsOf: again.appending(path: "p9/day1/calibration.h5")))
        let recording = try RecordingFile.read(URL(filePath: seen.recording))
        #expect(recording.labels?.classNames == ["unlabeled", "close", "open", "relax"])
        #expect(recording.quality.contains { $0.kind == .gap })
    }
}
