internal import Decoding
private import Dispatch
internal import Documents
internal import EMGSignal
internal import EMGTasks
private import Synchronization

/// Adapts a running decoder beside it: one adaptation after the other, each fitted to all that the
/// session has recorded, taken only if it is better on repetitions that are held out.
final class LiveAdaptation: Sendable {
    private struct State: Sendable {
        var steps: [AdaptationStep] = []
        var pending: Request?
        var isBusy = false
        var fault: String?
        /// The classes that are still to be shown before anything can be adapted.
        var awaited: [String] = []
        /// Whether the decoder goes on learning by itself, without labels.
        var learnsAlone = false
    }

    /// What is adapted to.
    struct Request: Sendable {
        /// The samples so far.
        let tape: CalibrationTape
        /// The holds that were carried out.
        let segments: [SessionSegment]
        /// Behind which repetition.
        let trigger: String
        /// Whether it is taken also if it is not better, as somebody who knows better wants.
        var isForced = false
    }

    private let base: DecoderBundle
    private let control: DecodingControl
    private let kinds: Kinds
    /// What the decoder expects before anything is shown.
    private let expectedAtFirst: Double?
    private let queue = DispatchQueue(label: "myotask.adaptation", qos: .utility)
    private let state = Mutex(State())

    /// Creates an adaptation that has done nothing.
    ///
    /// - Parameters:
    ///   - base: The decoder as it was before the session: each adaptation begins with it.
    ///   - control: What is told when another one takes over.
    ///   - kinds: The kinds that packages outside have added.
    init(of base: DecoderBundle, control: DecodingControl, kinds: Kinds) {
        self.base = base
        self.control = control
        self.kinds = kinds
        expectedAtFirst = base.expectedAccuracy
    }

    /// The decoder that decides now.
    var current: DecoderBundle { state.withLock { Self.running($0)?.bundle ?? base } }

    private static func running(_ state: State) -> AdaptationStep? {
        state.steps.last { $0.outcome == .running }
    }

    /// Adapts as soon as nothing else is going on; of several requests that wait the last counts.
    ///
    /// A decoder that does not infer classes from others waits until each was shown: fitted to some of
    /// them it would never decide the others.
    func request(_ request: Request) {
        let names = Set(request.segments.map(\.className))
        let infers = (base.model as? any AdaptableModel)?.adaptsToSomeClasses ?? false
        let awaited = infers ? [] : base.classNames.filter { !names.contains($0) }
        state.withLock { $0.awaited = awaited }
        guard awaited.isEmpty else { return }
        let isIdle = state.withLock { state in
            state.pending = request
            defer { state.isBusy = true }
            return !state.isBusy
        }
        guard isIdle else { return }
        queue.async { self.work() }
    }

    private func work() {
        while let request = next() { adapt(request) }
    }

    private func next() -> Request? {
        state.withLock { state in
            defer { state.pending = nil }
            if state.pending == nil { state.isBusy = false }
            return state.pending
        }
    }

    private func adapt(_ request: Request) {
        let begin = MonotonicClock.now
        let running = state.withLock { Self.running($0) }
        do {
            guard let recording = try request.tape.recording(request.segments) else { return }
            let adaptation = try BundleAdaptation(
                of: base, to: [.recording(recording)],
                split: SplitSettings(WholeRecording()),
                kinds: kinds)
            let report = adaptation.evaluate(beside: running?.sampleCount)
            let bundle =
                report.isTaken || request.isForced ? try adaptation.adapted(report) : nil
            let placement = adaptation.bandPlacement
            let expected = (bundle ?? running?.bundle ?? base).expectedAccuracy
            let duration = Double(MonotonicClock.now - begin) / 1e9
            let isTaken = state.withLock { state in
                // Somebody may have taken the one before back meanwhile: what was compared is gone.
                let isSame = Self.running(state)?.number == running?.number
                let isTaken = bundle != nil && isSame
                if isTaken { Self.mark(&state, .replaced) }
                state.fault = nil
                state.steps.append(
                    AdaptationStep(
                        number: state.steps.count + 1, trigger: request.trigger,
                        seconds: recording.samplingRate.seconds(
                            ofSamples: recording.sampleCount), report: report, bundle: bundle,
                        sampleCount: recording.sampleCount, expectedAccuracy: expected,
                        duration: duration, placement: placement,
                        outcome: isTaken ? .running : .refused))
                return isTaken
            }
            if isTaken { deliver() }
        } catch {
            state.withLock { $0.fault = "\(error)" }
        }
    }

    /// Marks the one that decides as something else.
    private static func mark(_ state: inout State, _ outcome: AdaptationStep.Outcome) {
        guard let place = state.steps.lastIndex(where: { $0.outcome == .running }) else { return }
        state.steps[place].outcome = outcome
    }

    /// Takes the last adaptation back: the one before decides again.
    ///
    /// - Returns: Whether there was one.
    func undo() -> Bool {
        let isUndone = state.withLock { state in
            guard Self.running(state) != nil else { return false }
            Self.mark(&state, .undone)
            if let before = state.steps.lastIndex(where: { $0.outcome == .replaced }) {
                state.steps[before].outcome = .running
            }
            return true
        }
        if isUndone { deliver() }
        return isUndone
    }

    /// Takes an adaptation back whose repetition was withdrawn, if it is the one that decides.
    ///
    /// - Parameter trigger: What it was adapted behind.
    func withdraw(_ trigger: String) {
        guard state.withLock({ Self.running($0)?.trigger == trigger }) else { return }
        _ = undo()
    }

    /// Forgets what was done, for another person: the decoder is again as it was.
    func reset() {
        state.withLock { state in
            state.steps = []
            state.pending = nil
            state.fault = nil
            state.awaited = []
        }
        deliver()
    }

    /// Has the decoder go on learning by itself, without labels, or not.
    ///
    /// - Parameter learns: Whether it does; without effect for a decoder that cannot.
    func setLearnsAlone(_ learns: Bool) {
        let isChanged = state.withLock { state in
            defer { state.learnsAlone = learns }
            return state.learnsAlone != learns
        }
        if isChanged { deliver() }
    }

    /// Has the decoder that is current decide.
    private func deliver() {
        var bundle = current
        // A decoder that cannot learn alone stays as it is: the page does not offer it.
        if state.withLock({ $0.learnsAlone }) { try? bundle.setUpdates(true, at: "live") }
        control.replace(by: bundle)
    }

    /// For the page.
    var document: DocumentValue {
        let state = state.withLock { $0 }
        return .object(known: [
            "busy": .boolean(state.isBusy), "fault": state.fault.map { .string($0) },
            "steps": .array(state.steps.map(\.document)), "awaited": .strings(state.awaited),
            "can_undo": .boolean(Self.running(state) != nil),
            "expected_at_first": expectedAtFirst.map { .number($0) },
        ])
    }
}
