import ArgumentParser
import Documents
import EMGBatch
import Experiments
import Foundation
import Launching
import MetaLearning

/// `myotask run`: the whole way of an experiment from one file.
struct RunCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Convert, filter, build, train and report as one file says.",
        discussion: """
            The experiment is a YAML file (schemas/experiment.schema.json). A step whose inputs, \
            settings and result are as they were is left alone, so that another setting of the \
            training only trains again; --dry-run says what would be done and why. Ctrl-C stops \
            a training with everything saved, and the same command goes on.

            See docs/experiments/pipeline.md.
            """)

    @Argument(help: "The experiment's file.", completion: .file())
    var file: String

    @Argument(
        help: ArgumentHelp(
            "Settings in place of the file's, as train.inner.learning_rate=1e-3.",
            valueName: "key.path=value"))
    var overrides: [String] = []

    @Option(
        name: .shortAndLong,
        help: "The folder of everything that is made; experiments/NAME when left out.",
        completion: .directory)
    var output: String?

    @OptionGroup var sweep: SweepOptions

    @Flag(help: "Say what would be done and why; do nothing.")
    var dryRun = false

    @Flag(help: "Print the experiment with its settings and where each comes from; do nothing.")
    var printConfig = false

    @Flag(help: "Convert, filter and build, and stop before the first run.")
    var dataOnly = false

    @OptionGroup var launch: LaunchOptions
    @OptionGroup var parallelism: ThreadOptions
    @OptionGroup var showing: ProgressOptions

    var printsJSON: Bool { showing.json }

    func validate() throws { try launch.exclude(shard: sweep.statesShard) }

    func run() throws {
        let experiment = try Experiment.read(
            contentsOf: URL(filePath: file), overrides: overrides, axes: sweep.parsed(),
            kinds: CommandContext.current.kinds)
        if printConfig {
            let text = try ResolvedSettings.yaml(experiment, threads: parallelism.threads)
            return Console.line(String(text.dropLast()))
        }
        let folder = URL(
            filePath: output ?? "experiments/\(experiment.name)", directoryHint: .isDirectory)
        let pipeline = ExperimentPipeline(
            experiment,
            in: PipelineWorkspace(
                folder: folder, threads: parallelism.threads,
                kinds: CommandContext.current.kinds, readers: CommandContext.current.readers,
                worker: Self.worker(for:archive:)),
            shard: try sweep.part(isSweep: !experiment.axes.isEmpty),
            reporting: Self.report(on:title:to:))
        if launch.launcher != nil { return try hand(over: pipeline) }
        if dryRun { return showPlan(try pipeline.plan()) }
        if dataOnly { return try prepare(pipeline) }
        try go(pipeline)
    }

    /// Hands the work to other processes: the data first, then the runs, then their table.
    private func hand(over pipeline: ExperimentPipeline) throws {
        let folder = pipeline.place.folder
        let launched = Launch(
            options: launch, commandName: "run", output: folder, isDryRun: dryRun,
            isJSON: printsJSON)
        let count = try pipeline.combinationCount()
        let settings = try launch.settings()
        guard count > 1 || settings.shards != nil, !dataOnly else { return try launched.go(.once) }
        try launched.go(
            .sharded(
                points: count,
                collect: [
                    "collect",
                    Launch.path(of: folder.appending(path: "runs", directoryHint: .isDirectory)),
                ], data: ["--data-only"]))
    }

    private func prepare(_ pipeline: ExperimentPipeline) throws {
        let shown = PipelineOutput(showing)
        let refused = try pipeline.prepareData { shown.show($0) }
        Console.endProgress()
        if refused > 0 { throw ExitStatus.refused }
    }

    private func go(_ pipeline: ExperimentPipeline) throws {
        let shown = PipelineOutput(showing)
        let outcome: ExperimentPipeline.Outcome
        do {
            outcome = try pipeline.run(show: { shown.show($0) }) { train in
                try StopSignals.during { try train($0) }
            }
        } catch let stop as TrainingStop {
            Console.endProgress()
            Console.problem(
                "\(stop); everything is saved\n  hint: the same command again goes on with it")
            throw ExitStatus.interrupted
        }
        let place = pipeline.place.folder
        if let leaderboard = outcome.leaderboard {
            if !showing.json {
                let text = try String(contentsOf: leaderboard, encoding: .utf8)
                Console.line(
                    String(text[..<(text.range(of: "\n## ")?.lowerBound ?? text.endIndex)]))
                if let report = outcome.report { Console.line(report.relativePath) }
            }
            if outcome.refusedCount > 0 { throw ExitStatus.refused }
            return
        }
        SweepOutput(showing).finish(
            outcome.table, at: place.appending(path: "runs").relativePath)
        if let report = outcome.report, !showing.json { Console.line(report.relativePath) }
        if outcome.refusedCount + outcome.failedCount > 0 { throw ExitStatus.refused }
    }

    private func showPlan(_ steps: [PlannedStep]) {
        if showing.json {
            for step in steps {
                Console.line(
                    EventJSON.line(
                        "plan",
                        [
                            "step": .string(step.step), "action": .string(step.action.rawValue),
                            "why": .string(step.why),
                        ]))
            }
            return
        }
        var table = TextTable("step", "action", "why")
        for step in steps { table.add(step.step, step.action.rawValue, step.why) }
        Console.line(table.text)
    }

    /// This program again, as a worker of a conversion.
    @Sendable
    private static func worker(for settings: ConvertSettings, archive: URL) -> WorkerCommand? {
        guard let executable = Bundle.main.executableURL else { return nil }
        return WorkerCommand(
            executable: executable,
            arguments: [ConvertWorkerCommand.name]
                + settings.inputs.map { $0.path(percentEncoded: false) }
                + ["--output", archive.path(percentEncoded: false)] + settings.arguments)
    }

    /// Makes the page of finished runs.
    @Sendable
    private static func report(on runs: [URL], title: String, to output: URL) throws {
        var report = try Report.read(runs)
        report.title = title
        try report.write(to: output)
    }
}
