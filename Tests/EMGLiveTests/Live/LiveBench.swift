import Decoding
import Documents
import EMGLive
import Foundation
import PageServer
import Synchronization
import TestSupport
import Testing

/// A live page without a browser: what it is asked and what it answers.
final class LiveBench {
    let folder: TemporaryFolder
    let intention = SyntheticIntention()
    let session: LiveSession
    private let service: LiveService
    private let decisions = Mutex<[DecisionRecord]>([])
    private let numbers = Mutex<[[Double]]>([])

    /// What the page shows, as far as tests look at it.
    struct State: Decodable {
        struct Stream: Decodable {
            let state: String
            let gaps, lost_samples, disconnects, samples: Int
        }
        struct Decisions: Decodable {
            let count: Int
            let state: String
        }
        struct Score: Decodable { let balanced_accuracy: Double }
        struct Report: Decodable {
            let verdict: String
            let before, adapted: Score?
        }
        struct Step: Decodable {
            let number: Int
            let trigger, outcome: String
            let expectation: String?
            let report: Report
        }
        struct Adaptation: Decodable {
            let busy, can_undo: Bool
            let fault: String?
            let awaited: [String]
            let steps: [Step]
        }
        struct Prompt: Decodable { let phase: String }
        struct Recording: Decodable {
            let state: String
            let gaps, lost_samples, disconnects, written_rows: Int
        }
        struct Session: Decodable {
            let prompt: Prompt
            let recording: Recording
            let identity, file: String
            let finished_steps: Int
        }
        struct Conversion: Decodable {
            let state: String
            let path, reason: String?
        }
        struct Task: Decodable {
            let phase: String
            let trial: Int
        }
        struct Control: Decodable { let task: Task? }
        struct Quality: Decodable {
            struct Electrode: Decodable { let findings: [String] }
            let electrodes: [Electrode]
        }
        let stream: Stream
        let decisions: Decisions
        let adaptation: Adaptation
        let session: Session?
        let conversion: Conversion?
        let control: Control
        let quality: Quality?
        let policy: String
        let log: String?
    }

    /// - Parameters:
    ///   - bundle: The decoder.
    ///   - policy: When it learns.
    ///   - disk: Where sessions are recorded.
    /// - Throws: When there is no room for its folder.
    init(
        _ bundle: DecoderBundle, policy: AdaptationPolicy = .repetition,
        disk: any RecordingDisk = LocalDisk()
    ) throws {
        folder = try TemporaryFolder()
        var settings = LiveSettings(
            bundle: bundle, bundleName: "test.myodec",
            archive: folder.url.appending(path: "archive", directoryHint: .isDirectory))
        settings.policy = policy
        settings.disk = disk
        settings.session.holdSeconds = 2
        settings.session.restSeconds = 1
        settings.session.countdownSeconds = 0.5
        session = LiveSession(settings, intention: intention)
        service = LiveService(session)
    }

    /// The probabilities that were put out.
    var probabilities: [[Double]] { numbers.withLock { $0 } }

    /// Everything that was put out.
    var records: [DecisionRecord] { decisions.withLock { $0 } }

    /// Decodes a person's stream to its end, and waits for what goes on behind it.
    @discardableResult
    func run(
        _ patient: Int, seconds: Double,
        happenings: [(seconds: Double, what: FedSource.Happening)] = []
    ) throws -> StreamSummary {
        let source = try FedSource(
            patient, seconds: seconds, intention: intention, happenings: happenings,
            isWaiting: { (try? self.state().adaptation.busy) ?? false })
        let summary = try session.run(from: source, to: [Sink(self)]) { false }
        session.waitForConversion()
        return summary
    }

    /// What the page shows now.
    func state() throws -> State {
        let answer = try service.answer(PageRequest(path: "/api/state"))
        return try JSONDecoder().decode(State.self, from: answer.body)
    }

    /// Does what the page does.
    @discardableResult
    func post(_ name: String, _ body: [String: Any]) throws -> PageResponse {
        try service.answer(
            PageRequest(
                method: "POST", path: "/api/\(name)",
                body: JSONSerialization.data(withJSONObject: body)))
    }

    func get(_ path: String, query: String = "") throws -> PageResponse {
        try service.answer(PageRequest(path: path, query: query))
    }

    /// A session of cycles that begins at once.
    func begin(cycles: Int, classes: [String] = LivePeople.classes) throws {
        try post(
            "session-begin",
            [
                "patient": "p7", "session": "day1", "condition": "calibration", "cycles": cycles,
                "classes": classes,
            ])
        try post("session", ["action": "start"])
    }

    private final class Sink: DecisionSink {
        let name = "a test"
        let droppedCount = 0
        private let bench: LiveBench

        init(_ bench: LiveBench) { self.bench = bench }

        func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
            bench.decisions.withLock { $0.append(record) }
            let row = probabilities.indices.map { probabilities[$0] }
            bench.numbers.withLock { $0.append(row) }
        }

        func flush() {}
        func close() {}
    }
}
