import Documents
import MetaLearning

/// What happens during a training as lines of JSON.
enum EventJSON {
    /// An event as one line.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - run: The run of a sweep; left out when empty.
    /// - Returns: The line, without its end.
    static func text(_ event: TrainingEvent, run: String = "") -> String {
        let members: [(String, String)] =
            switch event {
            case .prepared(let work):
                [
                    ("event", quoted("prepared")),
                    ("train_tasks", "\(work.taskCounts[.train, default: 0])"),
                    ("validation_tasks", "\(work.taskCounts[.validation, default: 0])"),
                    ("test_tasks", "\(work.taskCounts[.test, default: 0])"),
                    ("parameters", "\(work.parameterCount)"), ("threads", "\(work.threads)"),
                    ("epochs", "\(work.epochCount)"), ("epochs_done", "\(work.epochsDone)"),
                    ("steps_done", "\(work.stepsDone)"),
                ]
            case .step(let step):
                [
                    ("event", quoted("step")), ("epoch", "\(step.epoch)"),
                    ("step", "\(step.step)"), ("steps", "\(step.stepCount)"),
                    ("total_steps", "\(step.totalSteps)"), ("loss", number(step.loss)),
                    ("accuracy", number(step.accuracy)),
                    ("tasks_per_second", number(step.tasksPerSecond)),
                ]
            case .epoch(let report):
                [
                    ("event", quoted("epoch")), ("epoch", "\(report.epoch)"),
                    ("learning_rate", number(report.learningRate)),
                    ("train_loss", number(report.trainLoss)),
                    ("train_accuracy", number(report.trainAccuracy)),
                    ("validation_loss", number(report.validationLoss)),
                    ("validation_accuracy", number(report.validationAccuracy)),
                    ("seconds", number(report.seconds)),
                ]
            case .selected(let epoch, let why):
                [("event", quoted("selected")), ("epoch", "\(epoch)"), ("why", quoted(why))]
            case .pretraining(let epoch, let count, let loss, let accuracy):
                [
                    ("event", quoted("pretraining")), ("epoch", "\(epoch)"),
                    ("epochs", count.map { "\($0)" } ?? "null"), ("loss", number(loss)),
                    ("accuracy", number(accuracy)),
                ]
            case .tested(let method, let accuracy):
                [
                    ("event", quoted("tested")), ("method", quoted(method.rawValue)),
                    ("mean_accuracy", number(accuracy)),
                ]
            }
        return line(members + (run.isEmpty ? [] : [("run", quoted(run))]))
    }

    /// Members as one line.
    static func line(_ members: [(String, String)]) -> String {
        "{\(members.map { "\(quoted($0.0)):\($0.1)" }.joined(separator: ","))}"
    }

    /// A number, or `null` for none and for what is not finite.
    static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        return "\(value)"
    }

    /// A text in quotes.
    static func quoted(_ text: String) -> String { DocumentValue.quoted(text) }
}
