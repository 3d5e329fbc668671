import EMGLive
import EMGSignal
import SeededRandom
import Testing

@Suite("A guided session")
struct GuidedSessionTests {
    /// At 100 Hz: a countdown of 200 samples, holds of 300 of which 50 have no label, 100 between
    /// two cycles.
    static func session(cycles: Int = 2) throws -> GuidedSession {
        var settings = SessionProtocol()
        settings.cycles = cycles
        settings.countdownSeconds = 2
        settings.holdSeconds = 3
        settings.reactionSeconds = 0.5
        settings.restSeconds = 1
        return GuidedSession(settings, at: try SamplingRate(hertz: 100))
    }

    private func ranges(_ session: GuidedSession) -> [Range<Int>] {
        session.segments.map(\.range.indices)
    }

    @Test func `two cycles go as the protocol says, sample by sample`() throws {
        var session = try Self.session()
        #expect(session.advance(samples: 70) == [])
        #expect(session.prompt.phase == .ready)
        #expect(session.start() == [])
        #expect(session.prompt.remainingSeconds == 2)
        #expect(session.prompt.movement?.className == "relax")
        #expect(session.prompt.next?.className == "open")
        let events = session.advance(samples: 200 + 10 * 300 + 100)
        // The stream began 70 samples before, and the countdown lasts 200.
        let prompts = (0..<10).map { 270 + $0 * 300 + ($0 >= 5 ? 100 : 0) }
        #expect(session.segments.map(\.prompt) == prompts)
        #expect(ranges(session) == prompts.map { $0 + 50..<$0 + 300 })
        #expect(
            session.segments.map(\.className) == [
                "relax", "open", "relax", "close", "relax", "relax", "open", "relax", "close",
                "relax",
            ])
        #expect(session.segments.map(\.repetition) == [1, 1, 2, 1, 3, 4, 2, 5, 2, 6])
        #expect(session.segments.map(\.cycle) == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
        let cycles = events.filter { if case .cycleFinished = $0.kind { true } else { false } }
        #expect(cycles.map(\.sample) == [1_770, 3_370])
        #expect(events.last == SessionEvent(kind: .sessionFinished, sample: 3_370))
        #expect(session.phase == .finished && session.isOver)
        #expect(session.prompt.remainingSeconds == nil)
    }

    @Test func `a hold that is paused gets no label, and begins anew behind a countdown`() throws {
        var session = try Self.session()
        _ = session.start()
        _ = session.advance(samples: 200 + 299)
        session.pause()
        #expect(session.prompt.phase == .paused)
        #expect(session.advance(samples: 10_000) == [])
        #expect(session.resume() == [])
        _ = session.advance(samples: 200 + 300)
        #expect(ranges(session) == [10_499 + 250..<10_499 + 500])
        #expect(session.segments[0].step == 1)
    }

    @Test func `what a repeat breaks off gets no label`() throws {
        var session = try Self.session()
        _ = session.start()
        _ = session.advance(samples: 200 + 300 + 150)
        _ = session.repeatStep()
        #expect(session.phase == .countdown && session.prompt.movement?.className == "open")
        _ = session.advance(samples: 200 + 300)
        #expect(ranges(session) == [250..<500, 900..<1_150])
        #expect(session.segments.map(\.className) == ["relax", "open"])
    }

    @Test func `a repeat between two cycles takes back the label of the movement before`() throws {
        var session = try Self.session()
        _ = session.start()
        _ = session.advance(samples: 200 + 1_500 + 40)
        #expect(session.phase == .rest && session.segments.count == 5)
        let last = session.segments[4]
        #expect(
            session.repeatStep() == [
                SessionEvent(kind: .repetitionWithdrawn(last), sample: 1_740)
            ])
        #expect(session.segments.count == 4)
        let events = session.advance(samples: 200 + 300)
        #expect(session.segments.last?.range == SampleRange(start: 1_990, end: 2_240))
        #expect(events.contains(SessionEvent(kind: .cycleFinished(1), sample: 2_240)))
    }

    @Test func `one that was left out has no label to take back`() throws {
        var session = try Self.session()
        _ = session.start()
        _ = session.advance(samples: 200 + 1_200)
        #expect(session.segments.count == 4)
        // At the very first sample of the fifth: the fourth ends where it was left out.
        #expect(session.skip() == [SessionEvent(kind: .cycleFinished(1), sample: 1_400)])
        #expect(session.phase == .rest)
        #expect(session.repeatStep() == [])
        #expect(session.segments.count == 4)
    }

    @Test func `a movement that is left out gets no label, and the next begins at once`() throws {
        var session = try Self.session(cycles: 1)
        _ = session.start()
        #expect(session.skip().map(\.sample) == [0])
        _ = session.advance(samples: 100)
        let events = session.skip()
        #expect(
            events == [
                SessionEvent(kind: .prompted(className: "open", holdSamples: 300), sample: 100)
            ])
        for _ in 0..<3 { _ = session.skip() }
        #expect(
            session.skip() == [
                SessionEvent(kind: .cycleFinished(1), sample: 100),
                SessionEvent(kind: .sessionFinished, sample: 100),
            ])
        #expect(session.segments.isEmpty && session.skip() == [] && session.stop() == [])
    }

    @Test func `a session without countdown and rests begins its movements at once`() throws {
        var settings = SessionProtocol()
        settings.countdownSeconds = 0
        settings.restSeconds = 0
        settings.reactionSeconds = 0
        settings.holdSeconds = 1
        var session = GuidedSession(settings, at: try SamplingRate(hertz: 10))
        #expect(session.start().map(\.sample) == [0])
        _ = session.advance(samples: 150)
        #expect(session.phase == .finished)
        #expect(ranges(session) == (0..<15).map { $0 * 10..<$0 * 10 + 10 })
    }

    @Test(arguments: [(0, 1), (49, 1), (50, 2), (99, 2), (100, 3), (299, 6)])
    func `beats are counted from the prompt`(sample: Int, beat: Int) throws {
        var settings = SessionProtocol()
        settings.metronome = 120
        settings.countdownSeconds = 0
        var session = GuidedSession(settings, at: try SamplingRate(hertz: 100))
        _ = session.start()
        _ = session.advance(samples: sample)
        #expect(session.prompt.beat == beat)
    }

    // MARK: - Laws

    /// What is done to a session, and how many samples pass when it is nothing.
    private func drawn(_ seed: UInt64) -> [(action: SessionAction?, samples: Int)] {
        var generator = SeededGenerator(seed: seed, stream: "session moves")
        return (0..<120).map { _ in
            // Time passes most of the time, and a session is ended rarely.
            let action: SessionAction? =
                switch generator.integer(below: 40) {
                case 0..<3: .start
                case 3..<6: .pause
                case 6..<10: .resume
                case 10..<12: .repeatStep
                case 12..<14: .skip
                case 14: seed % 3 == 0 ? .stop : nil
                default: nil
                }
            return (action, generator.integer(below: 500))
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `segments never overlap, lie in the stream and are what events tell`(
        seed: UInt64
    ) throws {
        var session = try Self.session(cycles: 4)
        var told: [SessionSegment] = []
        for (action, samples) in drawn(seed) {
            let before = session.segments
            for event in action.map({ session.perform($0) }) ?? session.advance(samples: samples) {
                #expect(event.sample <= session.position)
                switch event.kind {
                case .repetitionFinished(let segment):
                    #expect(event.sample == segment.range.end)
                    told.append(segment)
                case .repetitionWithdrawn(let segment): #expect(told.removeLast() == segment)
                default: break
                }
            }
            #expect(session.segments == told)
            if action != nil { #expect(session.segments.count <= before.count) }
            for segment in session.segments { #expect(segment.range.count == 250) }
            for (left, right) in zip(session.segments, session.segments.dropFirst()) {
                #expect(left.range.end <= right.prompt && left.step < right.step)
            }
            #expect(session.segments.last.map { $0.range.end <= session.position } ?? true)
            let prompt = session.prompt
            #expect((1...prompt.stepCount).contains(prompt.step))
            #expect(
                prompt.remainingSeconds.map { $0 > 0 && $0 <= prompt.phaseSeconds ?? 0 } ?? true)
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `cutting the stream into pieces changes nothing`(seed: UInt64) throws {
        var whole = try Self.session(cycles: 3)
        var cut = whole
        var generator = SeededGenerator(seed: seed, stream: "pieces")
        for (action, samples) in drawn(seed) {
            let events = action.map { whole.perform($0) } ?? whole.advance(samples: samples)
            var pieces: [SessionEvent] = []
            if let action {
                pieces = cut.perform(action)
            } else {
                var rest = samples
                while rest > 0 {
                    let piece = min(rest, generator.integer(below: 90))
                    pieces += cut.advance(samples: piece)
                    rest -= piece
                }
            }
            #expect(pieces == events && cut == whole)
        }
    }
}
