import EMGSignal
import EMGTasks
import Testing

@Suite("Dividing a recording into support and query")
struct SplitRuleTests {
    private func parts(of recording: Recording, guardSamples: Int) throws -> SplitParts {
        try SplitRule.relaxOpenRelaxCloseRelax.parts(
            labels: recording.labels, segments: recording.segments, guardSamples: guardSamples,
            subject: recording.identity.id)
    }

    @Test("support ends at the fifth label change, query begins a guard later")
    func firstCycle() throws {
        let parts = try parts(of: syntheticRecording(), guardSamples: 20)
        #expect(parts.support == [SampleRange(0..<235)])
        #expect(parts.query == [SampleRange(255..<415)])
    }

    @Test("a guard longer than the rest leaves no query")
    func longGuard() throws {
        let parts = try parts(of: syntheticRecording(), guardSamples: 10_000)
        #expect(parts.query.isEmpty)
    }

    @Test("both parts stay within the recording's segments")
    func segments() throws {
        let recording = try syntheticRecording(quality: [
            QualityInterval(range: SampleRange(100..<100), channel: nil, kind: .gap),
            QualityInterval(range: SampleRange(300..<310), channel: 1, kind: .nonFinite),
        ])
        let parts = try parts(of: recording, guardSamples: 20)
        #expect(parts.support == [SampleRange(0..<100), SampleRange(100..<235)])
        #expect(parts.query == [SampleRange(255..<300), SampleRange(310..<415)])
    }

    @Test("a wrong cue is refused with its run, name and sample")
    func wrongCue() throws {
        let recording = try syntheticRecording(
            runs: [(0, 50), (2, 40), (0, 45), (1, 40), (0, 60), (1, 10)])
        let error = #expect(throws: TaskError.self) {
            try parts(of: recording, guardSamples: 0)
        }
        #expect(
            error?.kind == .unexpectedCue(run: 2, expected: "open", found: "close", sample: 50))
        #expect(error?.subject == "p1/day1/111")
    }

    @Test(
        "a recording without a whole cycle and the start of the next is refused",
        arguments: [1, 2, 3, 4, 5])
    func incompleteCycle(runCount: Int) throws {
        let runs: [(label: UInt8, count: Int)] = [(0, 9), (1, 9), (0, 9), (2, 9), (0, 9)]
        let recording = try syntheticRecording(runs: Array(runs.prefix(runCount)))
        let error = #expect(throws: TaskError.self) {
            try parts(of: recording, guardSamples: 0)
        }
        #expect(error?.kind == .incompleteCycle(expectedRuns: 6, foundRuns: runCount))
    }

    @Test("a recording that starts in the middle of a gesture is refused at run 1")
    func startsMidGesture() throws {
        let recording = try syntheticRecording(runs: [(1, 9), (0, 9), (2, 9), (0, 9), (1, 9)])
        let error = #expect(throws: TaskError.self) {
            try parts(of: recording, guardSamples: 0)
        }
        #expect(
            error?.kind == .unexpectedCue(run: 1, expected: "relax", found: "open", sample: 0))
    }

    @Test("an unlabelled recording is refused")
    func unlabelled() throws {
        var recording = try syntheticRecording()
        recording.labels = nil
        let error = #expect(throws: TaskError.self) {
            try parts(of: recording, guardSamples: 0)
        }
        #expect(error?.kind == .unlabelled)
    }
}
