import ArgumentParser
import Foundation
import MetaLearning
import Synchronization

/// How much a training says about its way.
struct ProgressOptions: ParsableArguments {
    @Flag(help: "Say nothing but the result and what is wrong.")
    var quiet = false

    @Flag(help: "Print one JSON object a line for programs, steps and result, instead of a table.")
    var json = false

    func validate() throws {
        if quiet, json { throw ValidationError("--quiet and --json exclude each other") }
    }
}

/// How training shows: on a terminal a bar with loss, accuracy, tasks a second and the time left,
/// elsewhere a line an epoch, for programs a line of JSON for everything.
final class TrainingProgress: Sendable {
    private struct State {
        var epochCount = 0
        /// Epochs done before this process began, with the part of one.
        var begin: Double?
        var start = ContinuousClock.now
    }

    private let options: ProgressOptions
    private let state = Mutex(State())

    /// - Parameter options: How much is said.
    init(_ options: ProgressOptions) {
        self.options = options
    }

    /// Shows something that happened.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - label: The run of a sweep; empty for the only one.
    func show(_ event: TrainingEvent, of label: String = "") {
        if options.json { return Console.line(EventJSON.text(event, run: label)) }
        guard !options.quiet else { return }
        let lead = label.isEmpty ? "" : "\(label): "
        switch event {
        case .step(let step): Console.progress(lead + bar(step))
        case .pretraining: Console.progress(lead + event.description)
        case .prepared(let preparation):
            state.withLock {
                $0 = State(epochCount: preparation.epochCount, begin: nil, start: .now)
            }
            fallthrough
        case .epoch, .selected, .tested:
            Console.endProgress()
            Console.note(lead + event.description)
        }
    }

    /// `[██████······] epoch 3/10, step 2/5: loss 0.4312, accuracy 0.842, 12.3 tasks/s, 40 s left`.
    private func bar(_ step: TrainingEvent.Step) -> String {
        let position = Double(step.epoch - 1) + Double(step.step) / Double(max(1, step.stepCount))
        let (count, left) = state.withLock { state -> (Int, Double?) in
            guard let begin = state.begin else {
                state.begin = position
                state.start = .now
                return (state.epochCount, nil)
            }
            let done = position - begin
            let elapsed = (ContinuousClock.now - state.start).seconds
            let rest = Double(state.epochCount) - position
            return (state.epochCount, done > 0 ? elapsed / done * rest : nil)
        }
        var text =
            "\(ProgressLine.bar(position / Double(max(1, count)))) epoch \(step.epoch)/\(count)"
        text += ", step \(step.step)/\(step.stepCount): "
        text += String(
            format: "loss %.4f, accuracy %.3f, %.1f tasks/s", step.loss, step.accuracy,
            step.tasksPerSecond)
        if let left { text += ", \(ProgressLine.time(left)) left" }
        return text
    }
}
