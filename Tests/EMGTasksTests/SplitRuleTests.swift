import EMGArchive
import EMGSignal
import EMGTasks
import Testing

@Suite("Dividing a recording into support and query")
struct SplitRuleTests {
    private func parts(
        of recording: Recording, guardSamples: Int,
        rule: any SplitRule = FirstCycle(), supportFraction: Double = 1,
        transitionTrim: Int = 0, layout: WindowLayout = WindowLayout(length: 20, stride: 5)
    ) throws -> SplitParts {
        try SplitPlan(
            rule: rule, guardSamples: guardSamples, supportFraction: supportFraction,
            transitionTrim: transitionTrim, layout: layout
        ).parts(
            labels: recording.labels, sampleCount: recording.sampleCount,
            rate: recording.samplingRate, segments: recording.segments,
            subject: recording.identity.id)
    }

    /// Every rule, for laws that all must keep.
    static let rules: [any SplitRule] = [
        FirstCycle(), .firstCycle(cues: ["relax", "open"]), .seconds(1.1),
        .fraction(0.3), .repetitions(1), .shots(1), .shots(2),
        .blocks(count: 7, support: [0, 3, 4]), .blocks(count: 2, support: [1]),
    ]

    @Test(
        "support and query share no sample, keep the guard and stay in the segments",
        arguments: rules, [0, 1, 25])
    func laws(rule: any SplitRule, guardSamples: Int) throws {
        let recording = try syntheticRecording(quality: [
            QualityInterval(range: SampleRange(100..<100), channel: nil, kind: .gap),
            QualityInterval(range: SampleRange(300..<310), channel: 1, kind: .nonFinite),
        ])
        for (fraction, trim) in [(1.0, 0), (0.5, 0), (1.0, 3), (0.25, 2)] {
            let parts = try parts(
                of: recording, guardSamples: guardSamples, rule: rule,
                supportFraction: fraction, transitionTrim: trim)
            var owner = [Int](repeating: 0, count: recording.sampleCount)
            for range in parts.support { for index in range.indices { owner[index] += 1 } }
            for range in parts.query { for index in range.indices { owner[index] += 10 } }
            #expect(Set(owner).isSubset(of: [0, 1, 10]))
            #expect(!parts.support.isEmpty)
            for (index, value) in owner.enumerated() where value == 1 {
                let near = max(0, index - guardSamples)...min(owner.count - 1, index + guardSamples)
                #expect(!near.contains { owner[$0] == 10 }, "sample \(index) is too near")
            }
            for windows in [
                (parts.support, parts.supportWindows), (parts.query, parts.queryWindows),
            ] {
                for start in windows.1.starts {
                    let isInside = windows.0.contains { $0.start <= start && start + 20 <= $0.end }
                    #expect(isInside)
                    let crossesGap = start < 100 && start + 20 > 100
                    let hasHole = start < 310 && start + 20 > 300
                    #expect(!crossesGap && !hasHole)
                }
            }
            if trim > 0, let labels = recording.labels {
                for run in labels.runs.dropFirst() {
                    let trimmed = run.range.start - trim..<run.range.start + trim
                    #expect(trimmed.allSatisfy { owner[$0] == 0 })
                }
            }
        }
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

    @Test("an unlabeled recording is refused")
    func unlabeled() throws {
        var recording = try syntheticRecording()
        recording.labels = nil
        let error = #expect(throws: TaskError.self) {
            try parts(of: recording, guardSamples: 0)
        }
        #expect(error?.kind == .unlabeled)
    }

    @Test("several cycles share the relax between them")
    func severalCycles() throws {
        let runs: [(label: UInt8, count: Int)] = [
            (0, 30), (1, 30), (0, 30), (2, 30), (0, 30), (1, 30), (0, 30), (2, 30), (0, 30),
            (1, 30), (0, 30),
        ]
        let recording = try syntheticRecording(runs: runs)
        let cues = ["relax", "open", "relax", "close", "relax"]
        let parts = try parts(
            of: recording, guardSamples: 0, rule: .firstCycle(cues: cues, cycles: 2))
        #expect(parts.support == [SampleRange(0..<270)])
        let error = #expect(throws: TaskError.self) {
            try self.parts(
                of: recording, guardSamples: 0, rule: .firstCycle(cues: cues, cycles: 3))
        }
        #expect(error?.kind == .incompleteCycle(expectedRuns: 14, foundRuns: 11))
    }

    @Test("a fraction of the support keeps the start of each phase")
    func supportFraction() throws {
        let parts = try parts(of: syntheticRecording(), guardSamples: 0, supportFraction: 0.2)
        let recording = try syntheticRecording()
        let runs = try #require(recording.labels).runs.prefix(5)
        #expect(
            parts.support
                == runs.map {
                    SampleRange(
                        start: $0.range.start,
                        end: $0.range.start + Int((Double($0.range.count) * 0.2).rounded(.up)))
                })
        #expect(parts.query == [SampleRange(235..<415)])
    }

    @Test("seconds and fractions of time cut at the nearest sample")
    func time() throws {
        let recording = try syntheticRecording()
        let second = recording.samplingRate.samples(inSeconds: 1)
        let bySeconds = try parts(of: recording, guardSamples: 10, rule: .seconds(1))
        #expect(bySeconds.support == [SampleRange(0..<second)])
        #expect(bySeconds.query == [SampleRange(second + 10..<415)])
        let byFraction = try parts(of: recording, guardSamples: 0, rule: .fraction(0.25))
        #expect(byFraction.support == [SampleRange(0..<104)])
    }

    @Test("repetitions end when every class was shown that often")
    func repetitions() throws {
        let recording = try syntheticRecording(
            runs: [(0, 30), (1, 30), (0, 30), (2, 30), (0, 30), (1, 30), (2, 30), (0, 30)])
        let once = try parts(of: recording, guardSamples: 0, rule: .repetitions(1))
        #expect(once.support == [SampleRange(0..<120)])
        let twice = try parts(of: recording, guardSamples: 0, rule: .repetitions(2))
        #expect(twice.support == [SampleRange(0..<210)])
        let error = #expect(throws: TaskError.self) {
            try parts(of: recording, guardSamples: 0, rule: .repetitions(3))
        }
        #expect(error?.description.contains("\"open\"") == true)
    }

    @Test("shots are the first windows of each class that share no sample", arguments: [1, 2])
    func shots(count: Int) throws {
        let layout = WindowLayout(length: 10, stride: 1, labelRule: .pure)
        let recording = try syntheticRecording(
            runs: [(0, 30), (1, 25), (2, 25), (0, 60), (1, 40), (2, 40)])
        let parts = try parts(
            of: recording, guardSamples: 10, rule: .shots(count), layout: layout)
        #expect(parts.supportWindows.counts(classes: 3) == [count, count, count])
        let starts = parts.supportWindows.starts
        #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 >= 10 })
        let end = (starts.max() ?? 0) + 10
        #expect(parts.queryWindows.starts.min() ?? 0 >= end + 10)
        #expect(throws: TaskError.self) {
            try self.parts(of: recording, guardSamples: 0, rule: .shots(100), layout: layout)
        }
    }

    @Test("blocks are interleaved with a guard on both sides")
    func blocks() throws {
        let parts = try parts(
            of: syntheticRecording(), guardSamples: 5, rule: .blocks(count: 5, support: [3, 1]))
        #expect(parts.support == [SampleRange(83..<166), SampleRange(249..<332)])
        #expect(
            parts.query
                == [SampleRange(0..<78), SampleRange(171..<244), SampleRange(337..<415)])
    }
}
