private import Autodiff
internal import Foundation
internal import MetaLearning
private import Synchronization
private import TensorBoard

/// Writes what a run's folder has besides its checkpoints and tables: the log, TensorBoard's event
/// files and figures.
///
/// Tags beginning with `step/` have the meta-step as their step, all others the meta-epoch.
final class RunRecorder: TrainingObserver {
    private struct State {
        var events: EventFile?
        var epoch = 0
    }

    private let folder: URL
    private let log: RunLog
    private let stop: StopFlag
    private let finishing: @Sendable (TrainingResult) throws -> RunFigures
    private let state = Mutex(State())

    /// Prepares the recording of a run.
    ///
    /// - Parameters:
    ///   - folder: The run's folder.
    ///   - stop: Asks the run to stop.
    ///   - finishing: Writes what else the folder has of a result, and draws it.
    init(
        in folder: URL, stop: StopFlag,
        finishing: @escaping @Sendable (TrainingResult) throws -> RunFigures
    ) {
        self.folder = folder
        self.stop = stop
        self.finishing = finishing
        log = RunLog(in: folder)
    }

    var wantsStop: Bool { stop.isRaised }

    /// Appends a line to the log.
    func note(_ text: String) throws { try log.append(text) }

    func observe(_ event: TrainingEvent) throws {
        switch event {
        case .prepared(let preparation):
            try log.append(event.description)
            try begin(after: preparation)
        case .step(let step):
            try add(
                [
                    SummaryValue("step/loss", .scalar(step.loss)),
                    SummaryValue("step/accuracy", .scalar(step.accuracy)),
                    SummaryValue("step/tasks_per_second", .scalar(step.tasksPerSecond)),
                ], step: step.totalSteps)
        case .epoch(let report):
            try log.append(event.description)
            state.withLock { $0.epoch = report.epoch }
            try add(Self.values(of: report), step: report.epoch)
        case .tested(let method, let accuracy):
            try log.append(event.description)
            try add([SummaryValue("test/accuracy_\(method.rawValue)", .scalar(accuracy))])
        case .selected, .pretraining:
            try log.append(event.description)
        }
    }

    func observe(_ parameters: Parameters<Float>, after epoch: Int) throws {
        let values = parameters.layout.entries.map { entry in
            SummaryValue(
                "parameters/\(entry.name)", .histogram(Histogram(parameters.values[entry.range])))
        }
        try add(values, step: epoch)
    }

    func observe(_ result: TrainingResult) throws {
        let pictures = try finishing(result).write(to: folder.appending(path: "figures"))
        try add(pictures.compactMap { SummaryValue("figures/\($0.name)", png: Array($0.png)) })
        try log.append("done")
    }

    // MARK: Event files

    private static func values(of report: EpochReport) -> [SummaryValue] {
        var numbers = [
            ("train_loss", report.trainLoss), ("train_accuracy", report.trainAccuracy),
            ("learning_rate", report.learningRate), ("seconds", report.seconds),
        ]
        if let loss = report.validationLoss { numbers.append(("validation_loss", loss)) }
        if let accuracy = report.validationAccuracy {
            numbers.append(("validation_accuracy", accuracy))
        }
        return numbers.map { SummaryValue("epoch/\($0.0)", .scalar($0.1)) }
            + values(of: report.ranks)
    }

    /// What the time of ranks went into: shares of all together, and the work of each.
    private static func values(of ranks: [RankReport]) -> [SummaryValue] {
        guard !ranks.isEmpty else { return [] }
        func sum(_ value: (RankReport) -> Double) -> Double {
            ranks.reduce(0) { $0 + value($1) }
        }
        let (idle, exchange) = (sum(\.idleSeconds), sum(\.exchangeSeconds))
        let whole = max(1e-12, sum(\.computeSeconds) + idle + exchange)
        return [
            SummaryValue("ranks/idle_share", .scalar(idle / whole)),
            SummaryValue("ranks/exchange_share", .scalar(exchange / whole)),
            SummaryValue("ranks/bytes_sent", .scalar(sum { Double($0.bytesSent) })),
        ]
            + ranks.map {
                SummaryValue("ranks/compute_seconds_\($0.rank)", .scalar($0.computeSeconds))
            }
    }

    /// Begins an event file; what earlier ones say beyond the state that training goes on from is
    /// said again.
    private func begin(after preparation: TrainingEvent.Preparation) throws {
        let place = folder.appending(path: "tensorboard", directoryHint: .isDirectory)
        let (steps, epochs) = (preparation.stepsDone, preparation.epochsDone)
        try EventFile.keep(in: place) { step, tag in
            if tag.hasPrefix("step/") { return step <= steps }
            return step <= epochs && !tag.hasPrefix("test/") && !tag.hasPrefix("figures/")
        }
        try state.withLock { state in
            state.events = try EventFile(in: place)
            state.epoch = epochs
        }
    }

    /// Appends values, by default of the last meta-epoch.
    private func add(_ values: [SummaryValue], step: Int? = nil) throws {
        guard !values.isEmpty else { return }
        try state.withLock { state in
            try state.events?.append(values, step: step ?? state.epoch)
        }
    }
}
