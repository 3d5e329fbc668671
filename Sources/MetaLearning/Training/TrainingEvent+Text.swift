private import Foundation
import PrintableText

extension TrainingEvent: CustomStringConvertible {
    /// The event as one line for a person.
    public var description: String {
        switch self {
        case .prepared(let preparation): preparation.description
        case .step(let step):
            "epoch \(step.epoch), step \(step.step)/\(step.stepCount): "
                + Self.scores(step.loss, step.accuracy)
                + String(format: ", %.1f tasks/s", step.tasksPerSecond)
        case .epoch(let report):
            "epoch \(report.epoch): train \(Self.scores(report.trainLoss, report.trainAccuracy))"
                + (report.validationLoss.flatMap { loss in
                    report.validationAccuracy.map { ", validation \(Self.scores(loss, $0))" }
                } ?? "") + String(format: ", %.1f s", report.seconds)
        case .selected(let epoch, let why): "epoch \(epoch) selected: \(why)"
        case .pretraining(let epoch, let count, let loss, let accuracy):
            "pre-training, pass \(epoch)\(count.map { "/\($0)" } ?? ""): \(Self.scores(loss, accuracy))"
        case .tested(let method, let accuracy):
            "\(method.title): mean test accuracy " + String(format: "%.3f", accuracy)
        }
    }

    private static func scores(_ loss: Double, _ accuracy: Double) -> String {
        String(format: "loss %.4f, accuracy %.3f", loss, accuracy)
    }
}

extension TrainingEvent.Preparation: CustomStringConvertible {
    /// The size of the work as one line, with the trajectory's memory and recomputation.
    public var description: String {
        let tasks = EpisodeSplit.allCases.map { "\(taskCounts[$0, default: 0]) \($0.rawValue)" }
        var text =
            "\(tasks.joined(separator: ", ")) tasks, \(parameterCount, of: "parameter"), "
            + "\(threads, of: "thread")"
        if rankCount > 1 {
            text += " on each of \(rankCount) ranks"
            if hostCount > 1 { text += " on \(hostCount) machines" }
        }
        if trajectoryBytes > 0 {
            // A small trajectory is not "0 MiB".
            let size = Double(trajectoryBytes) / 1_048_576
            text += String(
                format: size < 10 ? ", trajectory %.1f MiB" : ", trajectory %.0f MiB", size)
            text += String(format: ", recompute ×%.1f", recomputation)
        }
        if stepsDone > 0 {
            text += ", resuming after epoch \(epochsDone), meta-step \(stepsDone)"
        }
        return text
    }
}
