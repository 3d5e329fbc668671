import Documents
import Experiments
import Foundation
import MetaLearning
import PrintableText
import Synchronization

/// How the runs of a sweep show, and how the program ends after them.
struct SweepOutput: Sendable {
    private let showing: ProgressOptions
    private let progress: TrainingProgress

    init(_ showing: ProgressOptions) {
        self.showing = showing
        progress = TrainingProgress(showing)
    }

    /// Does the runs and shows the table.
    ///
    /// - Parameters:
    ///   - runner: The runs.
    ///   - session: Gives the session of a point.
    /// - Throws: `ExitStatus` when runs failed or it was stopped.
    func run(
        _ runner: SweepRunner,
        session: (_ index: Int, _ folder: URL, _ isResumed: Bool) throws -> TrainingSession
    ) throws {
        let failures = Mutex(0)
        let place = runner.folder.relativePath
        let table: SweepTable
        do {
            table = try StopSignals.during { flag in
                try runner.run(
                    stop: flag,
                    show: { event in
                        show(event)
                        if case .failed = event { failures.withLock { $0 += 1 } }
                    }, session: session)
            }
        } catch let stop as TrainingStop {
            Console.endProgress()
            _ = try runner.collect()
            Console.problem(
                "\(stop); everything is saved\n  hint: the same command again goes on with it")
            throw ExitStatus.interrupted
        }
        finish(table, at: place)
        if failures.withLock({ $0 }) > 0 { throw ExitStatus.refused }
    }

    /// Shows a table.
    func finish(_ table: SweepTable, at place: String) {
        guard !showing.json else {
            return Console.line(
                EventJSON.line(
                    "table",
                    [
                        "folder": .string(place), "finished": .integer(table.count(.finished)),
                        "unfinished": .integer(table.count(.unfinished)),
                        "missing": .integer(table.count(.missing)),
                    ]))
        }
        Console.line(String(table.markdown.dropLast()))
        Console.line("\(place): sweep.csv, sweep.md and the runs")
        let rest = table.count(.unfinished) + table.count(.missing)
        if rest > 0 { Console.note("\(rest, of: "run is", plural: "runs are") not finished yet") }
    }

    /// Shows something that happened to a run.
    func show(_ event: SweepRunner.Event) {
        switch event {
        case .skipped(let point): note(point, "skipped", "is finished already")
        case .started(let point, let isResumed):
            note(point, isResumed ? "resumed" : "started", isResumed ? "goes on" : "begins")
        case .training(let point, let event):
            progress.show(event, of: point.id)
        case .finished(let point, _): note(point, "finished", "is finished")
        case .failed(let point, let error):
            Console.endProgress()
            Console.problem("refused: \(point.folder): \(error)")
        }
    }

    private func note(_ point: SweepPoint, _ name: String, _ text: String) {
        if showing.json {
            Console.line(
                EventJSON.line(
                    name, ["run": .string(point.id), "folder": .string(point.folder)]))
        } else if !showing.quiet {
            Console.endProgress()
            Console.note("\(point.folder) \(text)")
        }
    }
}
