import ArgumentParser
import Distribution
import Documents
import Experiments
import Foundation
import Launching
import MetaLearning

/// `myotask train`: meta-training on a collection, and the comparison on its test tasks.
struct TrainCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Meta-train a model on a task collection and compare it with baselines.",
        discussion: """
            The configuration is a YAML file (schemas/training.schema.json); every setting has a \
            default, and key.path=value behind the collection overrides one. The run folder gets \
            the resolved configuration, a log, metrics, TensorBoard event files, checkpoints that \
            PyTorch's safetensors reads, and the test table. Ctrl-C stops after the step with \
            everything saved; --resume goes on and ends in the same bytes.

            Started by mpirun or srun as several processes, it shares the tasks of each meta-step \
            among them; the run is the same, byte by byte, for any number of them \
            (docs/cluster/mpi.md).

            --sweep makes a run of each combination of values, in a folder of its own below the \
            output; the same command again does what is missing.

            See docs/experiments.
            """)

    @Argument(help: "The collection's manifest, NAME.json.", completion: .file())
    var collection: String

    @Argument(
        help: ArgumentHelp(
            "Settings in place of the configuration's, as inner.learning_rate=1e-3.",
            valueName: "key.path=value"))
    var overrides: [String] = []

    @Option(name: .shortAndLong, help: "The configuration's file.", completion: .file())
    var config: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The run's folder, which must not be there yet; runs/NAME_DATE_TIME when left out. "
                + "With --sweep, the folder of all runs."),
        completion: .directory)
    var output: String?

    @Option(
        help: "Go on with the run in this folder, with its own configuration.",
        completion: .directory)
    var resume: String?

    @OptionGroup var sweep: SweepOptions

    @Flag(help: "Print the settings with every default and where each comes from; do nothing.")
    var printConfig = false

    @Option(help: "Threads to use; the result does not depend on it.")
    var threads: Int?

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "With --launcher, print the scripts and commands; do nothing.")
    var dryRun = false

    @OptionGroup var showing: ProgressOptions

    var printsJSON: Bool { showing.json }

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads must be from 1 to 1024, got \(threads)")
        }
        if resume != nil, config != nil || output != nil || !overrides.isEmpty || !sweep.isEmpty {
            throw ValidationError(
                "--resume goes without --config, --output, --sweep and settings: the run has them")
        }
        if !sweep.axes.isEmpty, output == nil, !printConfig {
            throw ValidationError("--sweep needs --output, so that it can be taken up again")
        }
        if sweep.statesShard, sweep.axes.isEmpty {
            throw ValidationError("--shard needs --sweep")
        }
        try launch.exclude(shard: sweep.statesShard)
        try launch.require(dryRun)
        if launch.launcher != nil, output == nil, resume == nil {
            throw ValidationError("--launcher needs --output, so that the run is found again")
        }
    }

    func run() throws {
        if printConfig { return try printSettings() }
        let axes = try LaunchedRanks.alike { try sweptAxes() }
        if axes.isEmpty {
            return try launch.launcher == nil ? trainOnce() : launchOnce()
        }
        let kinds = CommandContext.current.kinds
        let file = try open()
        guard output != nil else {
            throw ValidationError("several seeds need --output, so that they can be taken up again")
        }
        let points = try TrainingSweep.plan(axes, over: settings(), on: file)
        let folder = URL(filePath: output ?? "", directoryHint: .isDirectory)
        if launch.launcher != nil {
            return try launched(folder).go(
                .sharded(
                    points: points.list.points.count, collect: ["collect", Launch.path(of: folder)])
            )
        }
        let runner = SweepRunner(
            points.list, in: folder, shard: try sweep.part(isSweep: !sweep.axes.isEmpty))
        try SweepOutput(showing).run(runner) { index, place, isResumed in
            isResumed
                ? try TrainingSession.resume(
                    place, on: file, threads: threads, kinds: kinds, ranks: RankGroup())
                : try TrainingSession.begin(
                    place, on: file,
                    configuration: limited(points.configurations[index]), kinds: kinds,
                    ranks: RankGroup())
        }
    }

    /// What varies, if that can be done by this process.
    private func sweptAxes() throws -> [SweepAxis] {
        let axes = try axes()
        if !axes.isEmpty, let launched = LaunchedRanks.environment, !sweep.statesShard {
            throw ExperimentError(
                .invalid(
                    expected: "one process for a sweep, or a --shard for each",
                    found: "\(launched.size) processes"), at: "--sweep",
                hint: "ranks share the tasks of one run; a sweep is divided by --shard, which "
                    + "--launcher does")
        }
        return axes
    }

    /// What varies: what the command line says, and the configuration's seeds.
    private func axes() throws -> [SweepAxis] {
        let axes = try sweep.parsed()
        guard resume == nil, !axes.contains(where: { $0.path.description == "seed" }) else {
            return axes
        }
        let seeds = try TrainingConfiguration(settings().cursor).seeds
        guard !seeds.isEmpty else { return axes }
        let text = seeds.map(String.init).joined(separator: ",")
        return try axes + [SweepAxis("seed=\(text)", source: "seeds")]
    }

    private func open() throws -> LearningCollection {
        let file = try LearningCollection.open(
            URL(filePath: collection), kinds: CommandContext.current.kinds)
        FaultOutput.warn(file.warnings)
        return file
    }

    // MARK: Other processes

    private func launched(_ folder: URL) -> Launch {
        Launch(
            options: launch, commandName: "train", output: folder, isDryRun: dryRun,
            isJSON: printsJSON)
    }

    private func launchOnce() throws {
        let folder = URL(filePath: resume ?? output ?? "", directoryHint: .isDirectory)
        // What the job would refuse is refused at once.
        if resume == nil {
            _ = try TrainingConfiguration(settings().cursor)
            guard !FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) else {
                throw ExperimentError(
                    .invalid(expected: "a folder that is not there yet", found: "one that is"),
                    at: folder.relativePath,
                    hint: "go on with the run in it by --resume, or name another --output")
            }
        }
        var launched = launched(folder)
        launched.isRecordedBeside = true
        if resume == nil {
            launched.resumption = ["train", collection, "--resume", Launch.path(of: folder)]
        }
        try launched.go(.once)
    }

    // MARK: One run

    private func trainOnce() throws {
        let launched = try LaunchedRanks.join()
        let ranks = launched.ranks
        defer { ranks.leave() }
        do {
            try ranks.together {
                switch try SharedTraining.prepare(
                    on: ranks, threads: threads, kinds: CommandContext.current.kinds,
                    open: {
                        ranks.isFirst
                            ? try open()
                            : try LearningCollection.open(
                                URL(filePath: collection), kinds: CommandContext.current.kinds)
                    }, session: { try session(on: $0, ranks: ranks) })
                {
                case .run(let session): try train(session)
                case .share(let trainer):
                    _ = try StopSignals.during(isSilent: true) { flag in
                        try trainer.train(observer: StopObserver(flag))
                    }
                }
            }
        } catch {
            // The first rank has heard of it, says it and ends with the status for it.
            throw ranks.isFirst ? error : ExitStatus.done
        }
    }

    private func train(_ session: TrainingSession) throws {
        if let advice = session.advice { Console.warning(advice) }
        let progress = TrainingProgress(showing)
        let result: TrainingResult
        do {
            result = try StopSignals.during { flag in
                try session.train(stop: flag) { progress.show($0) }
            }
        } catch let stop as TrainingStop {
            Console.endProgress()
            Console.problem(
                "\(stop); everything is saved\n  hint: go on with: \(CommandContext.current.name) train \(collection) "
                    + "--resume \(session.run.folder.relativePath)")
            throw ExitStatus.interrupted
        }
        let place = session.run.folder.relativePath
        guard !showing.json else {
            return Console.line(
                EventJSON.line(
                    "finished",
                    [
                        "run": .string(place), "selected_epoch": .integer(result.selectedEpoch),
                    ]))
        }
        Console.line(TrainingTable(result).text)
        for note in result.notes { Console.line(note) }
        Console.line("\(place): configuration, metrics, checkpoints and results")
    }

    private func session(on file: LearningCollection, ranks: RankGroup) throws -> TrainingSession {
        if let resume {
            return try TrainingSession.resume(
                URL(filePath: resume, directoryHint: .isDirectory), on: file,
                threads: threads, kinds: CommandContext.current.kinds, ranks: ranks)
        }
        let folder =
            output.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? Self.stampedFolder(for: file.name)
        return try TrainingSession.begin(
            folder, on: file,
            configuration: limited(TrainingConfiguration(settings().cursor)),
            kinds: CommandContext.current.kinds, ranks: ranks)
    }

    // MARK: Settings

    private func settings() throws -> Document {
        try SettingsDocument.read(
            config.map { URL(filePath: $0) }, overrides: overrides,
            kinds: CommandContext.current.kinds)
    }

    private func limited(_ configuration: TrainingConfiguration) -> TrainingConfiguration {
        var configuration = configuration
        configuration.threads = threads ?? configuration.threads
        return configuration
    }

    private func printSettings() throws {
        let document = try settings()
        let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
        let text = try ResolvedSettings.yaml(
            TrainingConfiguration(document.cursor), from: document, threads: count)
        Console.line(String(text.dropLast()))
        for axis in try sweep.parsed() {
            // Each value must be one that the settings can have.
            for value in axis.values {
                _ = try TrainingConfiguration(
                    document.applying([DocumentOverride(path: axis.path, value: value)]).cursor)
            }
            let values = axis.values.map(\.briefText).joined(separator: ", ")
            Console.line("# sweep: \(axis.path): \(values)")
        }
    }

    private static func stampedFolder(for name: String) -> URL {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd_HH-mm-ss"
        return URL(filePath: "runs/\(name)_\(formatter.string(from: Date()))")
    }
}
