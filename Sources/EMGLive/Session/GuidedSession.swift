package import EMGSignal

/// A session as it goes on: which movement is asked for, and which samples get its label.
///
/// Time is the number of samples of the stream, lost ones included: nothing here looks at a clock.
/// A pause and a repeat may come at any moment. A hold that is not carried out to its end gets no
/// label; after a pause or a repeat it begins anew behind a countdown.
///
/// ```swift
/// var session = GuidedSession(SessionProtocol(), at: rate)
/// session.start()
/// for event in session.advance(samples: block.rowCount) { … }
/// ```
package struct GuidedSession: Sendable, Hashable {
    /// What is going on.
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Nobody has started it yet.
        case ready
        /// The seconds before a movement are counted down.
        case countdown
        /// A movement is held.
        case hold
        /// The time between two cycles.
        case rest
        /// Somebody has stopped it for a while.
        case paused
        /// Everything was asked for.
        case finished
        /// Somebody has ended it before.
        case stopped
    }

    /// What is asked for.
    package let settings: SessionProtocol
    /// Samples a second.
    package let samplingRate: SamplingRate
    /// Everything that is asked for, in order.
    package let steps: [SessionStep]
    /// How many samples of the stream have come.
    package private(set) var position = 0
    /// What is going on.
    package private(set) var phase = Phase.ready
    /// The holds that were carried out to their ends, in order; they never overlap.
    package private(set) var segments: [SessionSegment] = []

    /// The step that is held or comes next.
    private var stepIndex = 0
    private var phaseStart = 0
    private var phaseLength = 0

    /// Creates a session that waits to be started.
    ///
    /// - Parameters:
    ///   - settings: What is asked for.
    ///   - rate: Samples a second.
    package init(_ settings: SessionProtocol, at rate: SamplingRate) {
        self.settings = settings
        samplingRate = rate
        steps = settings.steps(at: rate)
    }

    /// The first sample of the hold that goes on that will get its label; `nil` outside a hold.
    package var labeledStart: Int? {
        phase == .hold ? phaseStart + steps[stepIndex].reactionSamples : nil
    }

    /// Whether nothing more will be asked for.
    package var isOver: Bool { phase == .finished || phase == .stopped }

    // MARK: - Time

    /// Lets samples of the stream pass, lost ones like others.
    ///
    /// - Parameter samples: How many, at least 0. Whether they come at once or one by one makes no
    ///   difference.
    /// - Returns: What happened, in order.
    package mutating func advance(samples: Int) -> [SessionEvent] {
        precondition(samples >= 0, "a stream does not go back, got \(samples) samples")
        var events: [SessionEvent] = []
        var rest = samples
        while isTimed {
            let left = phaseStart + phaseLength - position
            guard rest >= left else { break }
            position += left
            rest -= left
            endPhase(&events)
        }
        position += rest
        return events
    }

    private var isTimed: Bool { phase == .countdown || phase == .hold || phase == .rest }

    private mutating func endPhase(_ events: inout [SessionEvent]) {
        switch phase {
        case .countdown, .rest: beginHold(&events)
        case .hold:
            let segment = segment(of: steps[stepIndex])
            segments.append(segment)
            events.append(SessionEvent(kind: .repetitionFinished(segment), sample: position))
            leaveStep(&events)
        case .ready, .paused, .finished, .stopped: break
        }
    }

    private mutating func begin(_ next: Phase, samples: Int) {
        phase = next
        phaseStart = position
        phaseLength = samples
    }

    private mutating func beginCountdown() {
        begin(.countdown, samples: samplingRate.samples(inSeconds: settings.countdownSeconds))
    }

    private mutating func beginHold(_ events: inout [SessionEvent]) {
        let step = steps[stepIndex]
        begin(.hold, samples: step.holdSamples)
        events.append(
            SessionEvent(
                kind: .prompted(
                    className: settings.classes[step.classIndex].name,
                    holdSamples: step.holdSamples), sample: position))
    }

    /// Goes on behind a step that was finished or left out.
    private mutating func leaveStep(_ events: inout [SessionEvent]) {
        let step = steps[stepIndex]
        stepIndex += 1
        if step.endsCycle {
            events.append(SessionEvent(kind: .cycleFinished(step.cycle), sample: position))
        }
        guard stepIndex < steps.count else {
            begin(.finished, samples: 0)
            events.append(SessionEvent(kind: .sessionFinished, sample: position))
            return
        }
        if step.endsCycle {
            begin(.rest, samples: samplingRate.samples(inSeconds: settings.restSeconds))
        } else {
            beginHold(&events)
        }
    }

    private func segment(of step: SessionStep) -> SessionSegment {
        let movement = settings.classes[step.classIndex]
        return SessionSegment(
            className: movement.name, text: movement.prompt, step: stepIndex + 1, cycle: step.cycle,
            repetition: step.repetition, prompt: phaseStart,
            range: SampleRange(
                start: phaseStart + step.reactionSamples, end: phaseStart + step.holdSamples))
    }

    // MARK: - What somebody does

    /// Begins the first countdown; without effect once begun.
    ///
    /// - Returns: What happened.
    package mutating func start() -> [SessionEvent] {
        guard phase == .ready else { return [] }
        beginCountdown()
        return advance(samples: 0)
    }

    /// Stops for a while. A hold that is not over gets no label.
    package mutating func pause() {
        if isTimed { begin(.paused, samples: 0) }
    }

    /// Goes on after a pause, with a countdown to the movement that was interrupted or comes next.
    ///
    /// - Returns: What happened.
    package mutating func resume() -> [SessionEvent] {
        guard phase == .paused else { return [] }
        beginCountdown()
        return advance(samples: 0)
    }

    /// Has the movement that is held repeated: what was done of it gets no label. Between two
    /// cycles it is the movement before, which loses its label. A countdown begins anew, and a pause
    /// ends.
    ///
    /// - Returns: What happened.
    package mutating func repeatStep() -> [SessionEvent] {
        guard isTimed || phase == .paused else { return [] }
        var events: [SessionEvent] = []
        if phase == .rest {
            stepIndex -= 1
            // One that was left out has no label to lose.
            if let last = segments.last, last.step == stepIndex + 1 {
                segments.removeLast()
                events.append(SessionEvent(kind: .repetitionWithdrawn(last), sample: position))
            }
        }
        beginCountdown()
        return events + advance(samples: 0)
    }

    /// Leaves the movement that is held out; in a countdown, between cycles and in a pause, begins
    /// the next one at once.
    ///
    /// - Returns: What happened.
    package mutating func skip() -> [SessionEvent] {
        var events: [SessionEvent] = []
        switch phase {
        case .hold: leaveStep(&events)
        case .countdown, .rest, .paused: beginHold(&events)
        case .ready, .finished, .stopped: return []
        }
        return events + advance(samples: 0)
    }

    /// Ends the session. What was finished keeps its labels.
    ///
    /// - Returns: What happened.
    package mutating func stop() -> [SessionEvent] {
        guard !isOver else { return [] }
        begin(.stopped, samples: 0)
        return [SessionEvent(kind: .sessionStopped, sample: position)]
    }

    // MARK: - What is shown

    /// What is shown now.
    package var prompt: SessionPrompt {
        let isAtHand = phase != .rest && !isOver
        let shown = min(stepIndex, steps.count - 1)
        let elapsed = position - phaseStart
        return SessionPrompt(
            phase: phase, movement: isAtHand ? movement(stepIndex) : nil,
            next: isOver ? nil : movement(isAtHand ? stepIndex + 1 : stepIndex),
            remainingSeconds: isTimed
                ? samplingRate.seconds(ofSamples: phaseLength - elapsed) : nil,
            phaseSeconds: isTimed ? samplingRate.seconds(ofSamples: phaseLength) : nil,
            step: shown + 1, stepCount: steps.count, cycle: steps[shown].cycle,
            cycleCount: settings.cycles,
            beat: phase == .hold
                ? settings.metronome.map {
                    1 + Int(samplingRate.seconds(ofSamples: elapsed) * $0 / 60)
                } : nil)
    }

    private func movement(_ index: Int) -> SessionPrompt.Movement? {
        guard index < steps.count else { return nil }
        let movement = settings.classes[steps[index].classIndex]
        return SessionPrompt.Movement(
            className: movement.name, text: movement.prompt,
            picture: movement.picture ?? .hand(movement.name))
    }
}
