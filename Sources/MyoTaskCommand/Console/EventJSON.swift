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
        let name: String
        let members: KeyValuePairs<String, DocumentValue>
        var ranks: [DocumentValue.Member] = []
        switch event {
        case .prepared(let work):
            name = "prepared"
            members = [
                "train_tasks": .integer(work.taskCounts[.train, default: 0]),
                "validation_tasks": .integer(work.taskCounts[.validation, default: 0]),
                "test_tasks": .integer(work.taskCounts[.test, default: 0]),
                "parameters": .integer(work.parameterCount), "threads": .integer(work.threads),
                "epochs": .integer(work.epochCount), "epochs_done": .integer(work.epochsDone),
                "steps_done": .integer(work.stepsDone),
            ]
        case .step(let step):
            name = "step"
            members = [
                "epoch": .integer(step.epoch), "step": .integer(step.step),
                "steps": .integer(step.stepCount), "total_steps": .integer(step.totalSteps),
                "loss": number(step.loss), "accuracy": number(step.accuracy),
                "tasks_per_second": number(step.tasksPerSecond),
            ]
        case .epoch(let report):
            name = "epoch"
            members = [
                "epoch": .integer(report.epoch), "learning_rate": number(report.learningRate),
                "train_loss": number(report.trainLoss),
                "train_accuracy": number(report.trainAccuracy),
                "validation_loss": number(report.validationLoss),
                "validation_accuracy": number(report.validationAccuracy),
                "seconds": number(report.seconds),
            ]
            if !report.ranks.isEmpty {
                ranks = [.init(key: "ranks", value: .array(report.ranks.map(\.document)))]
            }
        case .selected(let epoch, let why):
            name = "selected"
            members = ["epoch": .integer(epoch), "why": .string(why)]
        case .pretraining(let epoch, let count, let loss, let accuracy):
            name = "pretraining"
            members = [
                "epoch": .integer(epoch), "epochs": count.map { .integer($0) } ?? .null,
                "loss": number(loss), "accuracy": number(accuracy),
            ]
        case .tested(let method, let accuracy):
            name = "tested"
            members = [
                "method": .string(method.rawValue), "mean_accuracy": number(accuracy),
            ]
        }
        let whole =
            members.map { DocumentValue.Member(key: $0.key, value: $0.value) } + ranks
        return line(
            name,
            run.isEmpty ? whole : whole + [.init(key: "run", value: .string(run))])
    }

    /// What happened, with what belongs to it, as one line.
    static func line(
        _ event: String, _ members: KeyValuePairs<String, DocumentValue>
    ) -> String {
        line(event, members.map { .init(key: $0.key, value: $0.value) })
    }

    private static func line(_ event: String, _ members: [DocumentValue.Member]) -> String {
        DocumentValue.object([.init(key: "event", value: .string(event))] + members).json()
    }

    /// A number, or nothing.
    private static func number(_ value: Double?) -> DocumentValue {
        value.map { .number($0) } ?? .null
    }
}
