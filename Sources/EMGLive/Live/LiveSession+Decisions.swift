internal import Decoding
internal import Dispatch
internal import EMGArchive
internal import EMGSignal
internal import Synchronization

extension LiveSession {
    /// Takes what was put out.
    func take(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        let log: FittsLog? = state.withLock { state in
            state.decisions.take(record, probabilities)
            let trial = state.target.step(
                decision: record.output, seconds: settings.bundle.decisionSeconds)
            if let task = state.target.task, task.phase != .finished {
                if let intended = state.user?.intend(task: task) {
                    intention?.className = intended
                }
            } else if state.user != nil {
                state.user = nil
                intention?.className = state.target.neutral ?? "relax"
            }
            return trial == nil ? nil : state.target.task.map(FittsLog.init)
        }
        if let log { keep(log) }
    }

    /// The class of a decision's window, for a decoder that learns from each; `nil` when nobody knows
    /// it.
    func label(of decision: Decision) -> Int? {
        state.withLock { state in
            guard state.policy == .window, let session = state.recorded?.session,
                session.phase == .hold, let movement = session.prompt.movement
            else { return nil }
            // Of a window that is in the movement as a whole, behind the time of reaction.
            let behind = state.decoderPosition - 1 - decision.sample
            let last = session.position - 1 - behind
            let window = settings.bundle.input.window.length
            guard session.labeledStart.map({ last + 1 - window >= $0 }) ?? false else { return nil }
            return settings.bundle.classNames.firstIndex(of: movement.className)
        }
    }

    /// Keeps what a target task has come to, trial by trial.
    private func keep(_ log: FittsLog) {
        queue.async {
            do throws(DecodingError) {
                try self.writeLog(log)
            } catch {
                self.state.withLock { $0.logFault = error.description }
            }
        }
    }
}

/// The page's place among the sinks.
final class LiveSink: DecisionSink {
    let name = "page"
    let droppedCount = 0
    private let session: LiveSession

    init(_ session: LiveSession) { self.session = session }

    func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        session.take(record, probabilities)
    }

    func flush() throws(DecodingError) {}

    func close() {}
}
