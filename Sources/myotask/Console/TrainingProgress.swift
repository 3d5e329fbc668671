import Foundation
import MetaLearning

/// How training shows: a line an epoch, and on a terminal how far the epoch is.
struct TrainingProgress: Sendable {
    /// Shows something that happened.
    func show(_ event: TrainingEvent) {
        switch event {
        case .prepared(let preparation): show(preparation)
        case .step(let step):
            Console.progress(
                "epoch \(step.epoch): step \(step.step) of \(step.stepCount), loss "
                    + "\(Self.text(step.loss)), \(Self.text(step.tasksPerSecond, digits: 1)) tasks/s"
            )
        case .epoch(let report): show(report)
        case .selected(let epoch, let why):
            Console.note("using the parameters of epoch \(epoch): \(why)")
        case .pretraining(let epoch, let total, let loss, let accuracy):
            Console.progress(
                "pre-training: pass \(epoch) of \(total), loss \(Self.text(loss)), accuracy "
                    + Self.text(accuracy))
        case .tested(let method, let accuracy):
            Console.endProgress()
            Console.note("tested \(method.rawValue): mean accuracy \(Self.text(accuracy))")
        }
    }

    private func show(_ preparation: TrainingEvent.Preparation) {
        let counts = EpisodeSplit.allCases.map {
            "\(preparation.taskCounts[$0, default: 0]) \($0.rawValue)"
        }
        Console.note(
            "tasks: \(counts.joined(separator: ", ")); \(preparation.parameterCount) parameters, "
                + "\(preparation.threads) threads")
        if preparation.trajectoryBytes > 0 {
            let megabytes = Double(preparation.trajectoryBytes) / Double(1 << 20)
            Console.note(
                "trajectory \(Self.text(megabytes, digits: 0)) MB, recompute ×"
                    + Self.text(preparation.recomputation, digits: 2))
        }
        if preparation.epochsDone > 0 {
            Console.note("going on after epoch \(preparation.epochsDone)")
        }
    }

    private func show(_ report: EpochReport) {
        Console.endProgress()
        var text =
            "epoch \(report.epoch): train loss \(Self.text(report.trainLoss)), accuracy "
            + Self.text(report.trainAccuracy)
        if let loss = report.validationLoss, let accuracy = report.validationAccuracy {
            text += "; validation loss \(Self.text(loss)), accuracy \(Self.text(accuracy))"
        }
        Console.note(text + "; \(Self.text(report.seconds, digits: 2)) s")
    }

    private static func text(_ value: Double, digits: Int = 3) -> String {
        String(format: "%.\(digits)f", value)
    }
}
