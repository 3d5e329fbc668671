import Decoding
import EMGArchive
import EMGLive
import EMGSignal
import Foundation
import PageServer
import TestSupport
import Testing

@Suite("A live session")
struct LiveSessionTests {
    @Test func `three cycles are recorded and adapted to while decisions go on`() throws {
        let bench = try LiveBench(LivePeople.discriminant(gain: 4))
        try bench.run(
            7, seconds: 36,
            happenings: [(seconds: 1, what: .action { try? bench.begin(cycles: 3) })])
        let state = try bench.state()
        #expect(state.session?.prompt.phase == "finished" && state.session?.finished_steps == 15)
        // Without a window that was left out: one decision every 50 ms from the first whole one on.
        let decided = bench.records.compactMap(\.decision)
        #expect(decided.map(\.index) == Array(0..<decided.count))
        #expect(decided.map(\.sample) == (0..<decided.count).map { 99 + 25 * $0 })
        #expect(decided.count == (36 * 500 - 100) / 25 + 1)
        // Nothing before each class was shown, then each time it was better.
        let steps = state.adaptation.steps
        #expect(steps.first?.trigger == "close 1" && state.adaptation.fault == nil)
        let taken = steps.filter { ["running", "replaced"].contains($0.outcome) }
        #expect(!taken.isEmpty && taken.last?.outcome == "running")
        #expect(steps.count { $0.outcome == "running" } == 1)
        for step in taken {
            let (before, adapted) = (step.report.before, step.report.adapted)
            #expect(
                try #require(adapted).balanced_accuracy >= #require(before).balanced_accuracy)
        }
        #expect(state.conversion?.state == "converted")
    }

    @Test func `the recording is the one that convert makes of the raw stream, byte for byte`()
        throws
    {
        let bench = try LiveBench(LivePeople.discriminant())
        try bench.run(
            7, seconds: 20,
            happenings: [
                (seconds: 1, what: .action { try? bench.begin(cycles: 1) }),
                (seconds: 6, what: .gap(123)),
            ])
        let state = try bench.state()
        let path = try #require(state.conversion?.path)
        let sessions = bench.folder.url.appending(path: "archive-sessions")
        let again = bench.folder.url.appending(path: "again")
        let command = try CommandRun([
            "convert", sessions.path(percentEncoded: false), "--template",
            sessions.appending(path: "live.yaml").path(percentEncoded: false), "--output",
            again.path(percentEncoded: false),
        ])
        #expect(command.status == 0)
        let own = try Data(contentsOf: URL(filePath: path))
        let converted = try Data(
            contentsOf: again.appending(path: "p7/day1/calibration.h5"))
        #expect(own == converted && !own.isEmpty)
        let recording = try RecordingFile.read(URL(filePath: path))
        let labels = try #require(recording.labels)
        let held = labels.runs.filter { labels.classNames[Int($0.label)] != "unlabeled" }
        #expect(
            held.map { labels.classNames[Int($0.label)] }
                == ["relax", "open", "relax", "close", "relax"])
        #expect(recording.quality.contains { $0.kind == .gap })
    }

    @Test func `an adaptation is taken back, and the decoder before it decides again`() throws {
        let bench = try LiveBench(LivePeople.discriminant(gain: 4))
        try bench.run(
            7, seconds: 36,
            happenings: [
                (seconds: 1, what: .action { try? bench.begin(cycles: 3) }),
                (
                    seconds: 35,
                    what: .action { _ = try? bench.post("adaptation", ["action": "undo"]) }
                ),
            ])
        let state = try bench.state()
        #expect(state.adaptation.steps.contains { $0.outcome == "undone" })
        while try bench.state().adaptation.can_undo {
            try bench.post("adaptation", ["action": "undo"])
        }
        #expect(throws: RequestProblem.self) {
            try bench.post("adaptation", ["action": "undo"])
        }
        #expect(try bench.state().adaptation.steps.allSatisfy { $0.outcome != "running" })
    }

    @Test func `an adaptation that is not better decides when somebody wants it`() throws {
        let bench = try LiveBench(LivePeople.discriminant())
        try bench.run(
            7, seconds: 18,
            happenings: [
                (seconds: 1, what: .action { try? bench.begin(cycles: 1) }),
                (
                    seconds: 16,
                    what: .action { _ = try? bench.post("adaptation", ["action": "force"]) }
                ),
            ])
        let step = try #require(bench.state().adaptation.steps.last)
        #expect(step.trigger == "by hand" && step.outcome == "running")
    }

    @Test func `a movement that is repeated takes what was adapted behind it back`() throws {
        let bench = try LiveBench(LivePeople.discriminant(gain: 4))
        let seen = Seen()
        func running() -> String {
            let steps = (try? bench.state().adaptation.steps) ?? []
            return steps.last { $0.outcome == "running" }?.trigger ?? ""
        }
        // Countdown and five holds end 10.5 s after the beginning; a rest of 1 s follows.
        try bench.run(
            7, seconds: 14,
            happenings: [
                (seconds: 1, what: .action { try? bench.begin(cycles: 2) }),
                (
                    seconds: 12,
                    what: .action {
                        seen.states.append(running())
                        _ = try? bench.post("session", ["action": "repeat"])
                        seen.states.append(running())
                    }
                ),
            ])
        #expect(seen.states[0].hasPrefix("close") || seen.states[0].hasPrefix("relax"))
        #expect(seen.states[1] != "relax 3")
        let steps = try bench.state().adaptation.steps.filter { $0.trigger == "relax 3" }
        #expect(steps.allSatisfy { $0.outcome == "refused" || $0.outcome == "undone" })
    }

    @Test func `a prior decides after one gesture, says what it expects, and learns from windows`()
        throws
    {
        let bench = try LiveBench(LivePeople.prior(), policy: .repetition)
        try bench.run(
            8, seconds: 8,
            happenings: [
                (seconds: 0.5, what: .action { try? bench.begin(cycles: 1, classes: ["open"]) })
            ])
        let state = try bench.state()
        let step = try #require(state.adaptation.steps.first)
        #expect(step.trigger == "open 1")
        #expect(step.expectation?.hasPrefix("1 of 3 gestures seen: 3 classes expected at ") == true)
        let learning = try LiveBench(LivePeople.prior(), policy: .window)
        try learning.run(
            8, seconds: 16,
            happenings: [(seconds: 0.5, what: .action { try? learning.begin(cycles: 1) })])
        #expect(try learning.state().adaptation.steps.isEmpty)
        let alone = try LiveBench(LivePeople.prior(), policy: .unlabeled)
        try alone.run(8, seconds: 16)
        // What they learned changes what they decide, beside one that learns nothing.
        let still = try LiveBench(LivePeople.prior(), policy: .off)
        try still.run(
            8, seconds: 16,
            happenings: [(seconds: 0.5, what: .action { try? still.begin(cycles: 1) })])
        #expect(still.records.count == learning.records.count)
        let differing = zip(still.probabilities, learning.probabilities).filter { $0 != $1 }
        #expect(!differing.isEmpty)
        let own = try LiveBench(LivePeople.prior(), policy: .off)
        try own.run(8, seconds: 16)
        #expect(own.probabilities != alone.probabilities)
    }

    @Test func `a stream that stalls, loses samples or is disconnected costs nothing recorded`()
        throws
    {
        let bench = try LiveBench(LivePeople.discriminant())
        let seen = Seen()
        try bench.run(
            7, seconds: 24,
            happenings: [
                (seconds: 1, what: .action { try? bench.begin(cycles: 1) }),
                (
                    seconds: 4,
                    what: .stall {
                        let state = (try? bench.state().stream.state) ?? ""
                        if state == "stalled" { seen.states.append(state) }
                        return state == "stalled"
                    }
                ),
                (seconds: 6, what: .gap(50)),
                (seconds: 8, what: .disconnection),
                (
                    seconds: 8.5,
                    what: .action {
                        seen.states.append((try? bench.state().session?.prompt.phase) ?? "")
                        _ = try? bench.post("session", ["action": "resume"])
                    }
                ),
            ])
        // The session pauses when nobody knows how long the connection was away.
        #expect(seen.states == ["stalled", "paused"])
        let state = try bench.state()
        #expect(state.stream.gaps == 1 && state.stream.lost_samples == 50)
        #expect(state.stream.disconnects == 1)
        #expect(state.session?.prompt.phase == "finished")
        #expect(state.conversion?.state == "converted")
        let recording = try RecordingFile.read(
            URL(filePath: #require(state.conversion?.path)))
        // Every row of the session, with five holds and the one that the disconnection interrupted.
        #expect(recording.sampleCount == state.session?.recording.written_rows)
        #expect(recording.sampleCount > 5 * 1_000)
        #expect(recording.quality.count { $0.kind == .gap } == 2)
    }

    @Test func `a full disk is said while decisions go on, and nothing is lost once there is room`()
        throws
    {
        let disk = FailingDisk(room: 60_000)
        let bench = try LiveBench(LivePeople.discriminant(), policy: .off, disk: disk)
        let seen = Seen()
        try bench.run(
            7, seconds: 20,
            happenings: [
                (seconds: 1, what: .action { try? bench.begin(cycles: 1) }),
                // The whole session is over, and the disk took no more after its first seconds.
                (
                    seconds: 19,
                    what: .stall {
                        seen.states = [(try? bench.state().session?.recording.state) ?? ""]
                        return seen.states == ["waiting"]
                    }
                ),
                (seconds: 19.5, what: .action { disk.free(.max) }),
                (
                    seconds: 19.6,
                    what: .stall { (try? bench.state().conversion?.state) == "converted" }
                ),
            ])
        #expect(seen.states == ["waiting"])
        let state = try bench.state()
        let recording = try RecordingFile.read(
            URL(filePath: #require(state.conversion?.path)))
        // Countdown and five holds: every sample, in one piece.
        #expect(recording.sampleCount >= 250 + 5 * 1_000)
        #expect(recording.sampleCount == state.session?.recording.written_rows)
        #expect(!recording.quality.contains { $0.kind == .gap })
        #expect(bench.records.count { $0.decision != nil } == (20 * 500 - 100) / 25 + 1)
    }

    @Test func `a session that is ended by the end of the stream is converted as far as it came`()
        throws
    {
        let bench = try LiveBench(LivePeople.discriminant())
        try bench.run(
            7, seconds: 8,
            happenings: [(seconds: 1, what: .action { try? bench.begin(cycles: 3) })])
        let state = try bench.state()
        #expect(state.session?.prompt.phase == "stopped")
        #expect(state.session?.recording.state == "closed")
        #expect(state.conversion?.state == "converted")
    }

    @Test func `a target task runs on decisions, and its log is kept trial by trial`() throws {
        let bench = try LiveBench(LivePeople.discriminant(), policy: .off)
        try bench.run(
            7, seconds: 60,
            happenings: [
                (
                    seconds: 1,
                    what: .action {
                        _ = try? bench.post(
                            "control-start",
                            [
                                "simulated": true,
                                "settings": [
                                    "left": "close", "right": "open", "trials": 4,
                                    "rest_seconds": 1.5, "time_limit_seconds": 8,
                                    "widths": [0.16],
                                ],
                            ])
                    }
                )
            ])
        let state = try bench.state()
        #expect(state.control.task?.phase == "finished")
        let log = URL(filePath: try #require(state.log))
        let text = try String(contentsOf: log, encoding: .utf8)
        #expect(text.contains("\"trials\"") && text.contains("\"throughput\""))
        let table = try String(
            contentsOf: log.deletingPathExtension().appendingPathExtension("csv"),
            encoding: .utf8)
        #expect(table.split(separator: "\n").count == 5)
    }

    @Test(arguments: [
        ("GET", "/nothing", "", 404), ("GET", "/picture", "path=/etc/passwd", 404),
        ("POST", "/api/nothing", "", 404),
    ])
    func `what is not there is not answered`(
        method: String, path: String, query: String, status: Int
    ) throws {
        let service = LiveService(
            LiveSession(
                LiveSettings(
                    bundle: try LivePeople.discriminant(), bundleName: "a",
                    archive: URL(filePath: "/nowhere/archive"))))
        let token = service.access.makeToken()
        service.access.port = 4_000
        let host = ["host": ["127.0.0.1:4000"], "origin": ["http://127.0.0.1:4000"]]
        let stranger = service.respond(
            to: PageRequest(method: method, path: path, query: query, headers: host))
        #expect(stranger.status == 403)
        let welcome = service.respond(
            to: PageRequest(path: "/", query: "token=\(token)", headers: host))
        let cookie = try #require(welcome.headers["Set-Cookie"]?.split(separator: ";").first)
        let answer = service.respond(
            to: PageRequest(
                method: method, path: path, query: query,
                headers: host.merging(["cookie": [String(cookie)]]) { _, new in new }))
        #expect(answer.status == status)
    }

    @Test(arguments: [
        ("session-begin", ["patient": "p1", "session": "../..", "condition": "c"]),
        ("session-begin", ["patient": "p1", "session": "d", "condition": "c"]),
        ("session", ["action": "dance"]), ("adaptation", ["action": "undo"]),
        ("adaptation", ["action": "policy", "policy": "always"]),
        ("save", ["name": "../elsewhere"]), ("control-start", ["left": "nobody"]),
    ])
    func `what makes no sense is refused in a sentence, and nothing happens`(
        name: String, body: [String: String]
    ) throws {
        let bench = try LiveBench(LivePeople.discriminant())
        #expect(throws: (any Error).self) { try bench.post(name, body) }
        #expect(try bench.state().session == nil)
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: bench.folder.url.path(percentEncoded: false)
            ).isEmpty)
    }

    private final class Seen {
        var states: [String] = []
    }
}
