import Documents
import EMGArchive
import EMGBatch
import EMGIngest
import EMGLive
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("A session and its recording")
struct RecordedSessionTests {
    /// One cycle with holds of 3 s, of which 0.5 s have no label, behind a countdown of 1 s.
    private var settings: SessionProtocol {
        var settings = SessionProtocol()
        settings.cycles = 1
        settings.holdSeconds = 3
        settings.countdownSeconds = 1
        return settings
    }

    /// A person who moves 0.3 s after each prompt of `settings`.
    private func person(_ bench: borrowing RecordingBench, rows: Int) -> [Float] {
        var generator = SeededGenerator(seed: 11, stream: "person")
        let levels: [Float] = [1, 8, 1, 8, 1]
        return (0..<rows).flatMap { row -> [Float] in
            let step = (row - 200 - 60) / 600
            let level = row < 260 ? 1 : levels[min(4, step)]
            return (0..<3).map { _ in level * 0.01 * Float(generator.nearlyNormal()) }
        }
    }

    @Test(arguments: [1, 64, 10_000])
    func `labels and offsets of reaction are those of the prompts, in blocks of any size`(
        block: Int
    ) throws {
        let bench = try RecordingBench()
        var session = RecordedSession(settings, into: try bench.recorder())
        let samples = person(bench, rows: 3_300)
        var events = session.perform(.start)
        var row = 0
        while row < 3_300 {
            let end = min(3_300, row + block)
            events += session.take(samples.span.extracting(row * 3..<end * 3))
            row = end
        }
        #expect(session.session.phase == .finished)
        #expect(events.last?.kind == .sessionFinished)
        let state = session.recorder.close()
        #expect(state.writtenRows == 3_300 && state.writtenSegments == 5)
        let recording = try bench.read(session.recorder.identity).recording
        let labels = try #require(recording.labels)
        #expect(
            labels.runs.filter { labels.classNames[Int($0.label)] != "unlabeled" }.map(
                \.range.indices) == (0..<5).map { 300 + $0 * 600..<800 + $0 * 600 })
        // Nobody moves at the first prompt; the others are followed after 0.3 s.
        let reactions = session.segments.map(\.reactionSeconds)
        #expect(reactions[0] == nil)
        for reaction in reactions.dropFirst() {
            #expect(abs(try #require(reaction) - 0.3) < 0.04)
        }
        let finished = events.compactMap { event -> SessionSegment? in
            if case .repetitionFinished(let segment) = event.kind { segment } else { nil }
        }
        #expect(finished == session.segments)
        let document = session.document { "/picture/\($0)" }.json(.canonical)
        #expect(document.contains("\"phase\":\"finished\""))
    }

    @Test func `a disconnection pauses, and lost samples are time that passed`() throws {
        let bench = try RecordingBench()
        var session = RecordedSession(settings, into: try bench.recorder())
        let samples = person(bench, rows: 2_000)
        _ = session.perform(.start)
        _ = session.take(samples.span.extracting(0..<3 * 250))
        #expect(session.lose(50) == [])
        _ = session.take(samples.span.extracting(3 * 300..<3 * 800))
        #expect(session.segments.map(\.range.indices) == [300..<800])
        #expect(session.disconnect() == [])
        #expect(session.session.phase == .paused)
        _ = session.perform(.resume)
        _ = session.take(samples.span.extracting(3 * 800..<3 * 1_600))
        #expect(session.segments.map(\.range.indices) == [300..<800, 1_101..<1_601])
        _ = session.perform(.stop)
        session.recorder.close()
        let recording = try bench.read(session.recorder.identity).recording
        #expect(
            recording.quality.filter { $0.kind == .gap }.map(\.range.start) == [250, 750])
        #expect(recording.labels?.runs.filter { $0.label > 0 }.map(\.range.count) == [500, 500])
    }

    @Test(arguments: [false, true])
    func `the archive's file is the one that convert makes of the raw stream`(
        hasMissing: Bool
    ) throws {
        let bench = try RecordingBench()
        var session = RecordedSession(settings, into: try bench.recorder())
        var samples = person(bench, rows: 3_300)
        if hasMissing { samples[4_000] = .nan }
        _ = session.perform(.start)
        _ = session.take(samples.span)
        let state = session.recorder.close()
        #expect((state.nonFiniteRows > 0) == hasMissing)
        let identity = session.recorder.identity
        let conversion = SessionConversion(bench.folder, into: bench.archive)
        let report = try conversion.convert(identity, hasMissing: hasMissing)
        #expect(report.items.map(\.recordings) == [[identity.id]])
        #expect(report.items.map(\.outcome) == [.written])

        let other = bench.temporary.url.appending(path: "converted")
        var words = [
            "convert", bench.folder.url.path(), "--template", bench.folder.template.path(),
            "--output", other.path(),
        ]
        if hasMissing { words += ["--missing", "mark"] }
        let run = try CommandRun(words)
        #expect(run.status == 0, "\(run.problems)")
        let made = bench.archive.url(for: identity)
        let converted = RecordingArchive(folder: other).url(for: identity)
        #expect(try Data(contentsOf: made) == Data(contentsOf: converted))

        let header = try RecordingFile.readHeader(made)
        let events = try #require(EventTable(header.history))
        #expect(events.rows.count == 5)
        #expect(events.columns.contains("reaction_s") && events.columns.contains("prompt"))
        let settings = bench.temporary.url.appending(path: "c.yaml")
        try Data("window: {length: 40, stride: 20}\nsplit: {rule: seconds, seconds: 12}".utf8)
            .write(to: settings)
        let study = bench.temporary.url.appending(path: "study.json").path()
        let built = try CommandRun(
            ["build", other.path(), "--config", settings.path(), "--output", study])
        #expect(built.status == 0, "\(built.problems)")
        let audited = try CommandRun(["audit", study])
        #expect(audited.status == 0 && audited.output.contains("relax"), "\(audited.output)")
        let inspected = try CommandRun(["inspect", made.path()])
        #expect(inspected.output.contains("Open your hand"), "\(inspected.output)")
    }

    @Test func `the command that does the same is one for a shell, whatever folders are called`()
        throws
    {
        let conversion = SessionConversion(
            SessionFolder(URL(filePath: "/data/it's raw")),
            into: RecordingArchive(folder: URL(filePath: "/data/archive")))
        #expect(
            conversion.command(hasMissing: true)
                == "myotask convert '/data/it'\\''s raw' --template '/data/it'\\''s raw/live.yaml' "
                + "--output '/data/archive' --missing mark")
    }
}
