import ArgumentParser
import Documents
import Figures
import Files
import Foundation
import MetaLearning
import Parallel
import PrintableText
import SeededRandom

/// `myotask sinusoids`: the field's regression benchmark.
struct SinusoidsCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "sinusoids",
        abstract:
            "Meta-train on sinusoids, the field's benchmark, and compare ways to sample tasks.",
        discussion: """
            y = A sin(f x + φ): a 1-40-40-1 network sees 5 or 10 points of a sinusoid and is \
            scored on 100 even places, on random tasks and on a fixed grid of tasks, after 0, 1, \
            2, 5 and 10 steps. With several regimes and seeds all runs are made, and each \
            regime's error is the mean over its seeds.
            """)

    @Option(help: "How many parameters differ between tasks: 2 (A, φ) or 3 (A, φ, f).")
    var dimensions = 2

    @Option(help: "Points of a support, and of a training query.")
    var shots = 10

    @Option(help: "The meta-learner.")
    var algorithm = LearnerArgument()

    @Option(
        help: ArgumentHelp(
            "How tasks are drawn: continuous (uniformly from the whole ranges, without a queue), "
                + "or one or several regimes of a queue, separated by commas, or all.",
            valueName: "continuous|regimes|all"))
    var regimes = "continuous"

    @Option(help: ArgumentHelp("Seeds, separated by commas.", valueName: "seeds"))
    var seeds = "\(SeededGenerator.defaultSeed)"

    @Option(help: "Meta-steps.")
    var iterations = 20_000

    @Option(help: "Tasks of a meta-step.")
    var tasksPerStep = 25

    @Option(help: "The learning rate of an inner step.")
    var innerRate: Double?

    @Option(help: "Inner steps in training.")
    var innerSteps = 1

    @Option(help: "The learning rate of the outer Adam.")
    var outerRate = 1e-3

    @Option(help: "Random tasks that are scored, at least 600.")
    var testTasks = 1_000

    @Option(
        name: .shortAndLong,
        help: "A new folder for results.csv and the queues; nothing is written without it.",
        completion: .directory)
    var output: String?

    @Option(
        help: "Draw counts and losses of the queues over the parameters: .svg, .png or .pdf.",
        completion: .file(extensions: ["svg", "png", "pdf"]))
    var plot: String?

    @OptionGroup var parallelism: ThreadOptions

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func validate() throws {
        guard SinusoidFamily.Dimensions(rawValue: dimensions) != nil else {
            throw ValidationError("--dimensions must be 2 or 3, got \(dimensions)")
        }
        for (name, value, range) in [
            ("shots", shots, 1...1_000), ("iterations", iterations, 1...100_000_000),
            ("tasks-per-step", tasksPerStep, 1...10_000), ("inner-steps", innerSteps, 1...1_000),
            ("test-tasks", testTasks, 600...1_000_000),
        ] where !range.contains(value) {
            throw ValidationError(
                "--\(name) must be from \(range.lowerBound) to \(range.upperBound), got \(value)")
        }
        for (name, rate) in [("inner-rate", innerRate ?? 1), ("outer-rate", outerRate)]
        where !(rate > 0 && rate < 1e3) {
            throw ValidationError("--\(name) must be above 0, got \(rate)")
        }
        guard algorithm.learner.sequenceLength == 1 else {
            throw ValidationError("sequences of sinusoids are not a benchmark of the field")
        }
        _ = try (chosenRegimes(), chosenSeeds())
        guard let plot else { return }
        _ = try FigureFormat(pathExtension: URL(filePath: plot).pathExtension)
        guard try chosenRegimes().contains(where: { $0 != nil }) else {
            throw ValidationError("--plot draws queues: choose regimes with --regimes")
        }
    }

    func run() throws {
        if let output, FileManager.default.fileExists(atPath: output) {
            throw ValidationError("\(output) is there already: name a new folder")
        }
        let regimes = try chosenRegimes()
        let seeds = try chosenSeeds()
        let plans = try regimes.flatMap { regime in
            try seeds.map {
                try settings(regime: regime, seed: $0, alone: regimes.count * seeds.count == 1)
            }
        }
        let total = plans.count
        let results = concurrentMap(count: total, threads: min(parallelism.threads, total)) {
            index in
            Result {
                let plan = plans[index]
                let name = Self.name(of: plan.regime)
                let experiment = try SinusoidExperiment.run(plan) { step, loss in
                    guard step.isMultiple(of: 5_000) || total == 1 else { return }
                    let text = String(format: "%.4f", loss)
                    Console.note(
                        "\(name), seed \(plan.seed): step \(step) of \(plan.iterations), loss \(text)"
                    )
                }
                return SinusoidRun(name: name, experiment: experiment)
            }
        }
        var runs: [SinusoidRun] = []
        for (plan, result) in zip(plans, results) {
            do {
                runs.append(try result.get())
            } catch let error as MetaLearningError {
                Console.problem("\(Self.name(of: plan.regime)), seed \(plan.seed): \(error)")
            }
        }
        guard !runs.isEmpty else { throw ExitStatus.refused }
        Console.line(
            self.results.json ? JSONText.of(SinusoidTable.document(runs)) : SinusoidTable(runs).text
        )
        if let output {
            let folder = URL(filePath: output, directoryHint: .isDirectory)
            for run in runs where run.experiment.queue != nil {
                let name = "queue-\(run.name)-\(run.experiment.settings.seed).csv"
                try AtomicFile.write(run.queueCSV, to: folder.appending(path: name))
            }
            try AtomicFile.write(
                SinusoidTable.csv(runs), to: folder.appending(path: "results.csv"))
            report(
                "\(output): results.csv and "
                    + "\(runs.count { $0.experiment.queue != nil }, of: "queue")")
        }
        if let plot, let figure = SinusoidFigure(runs)?.figure {
            try figure.write(to: URL(filePath: plot))
            report("\(plot): counts and losses of the queues")
        }
        if runs.count < plans.count { throw ExitStatus.refused }
    }

    /// Says where something was written; programs know it from what they asked for.
    private func report(_ line: String) { if !results.json { Console.line(line) } }

    /// What a run is called in tables.
    static func name(of regime: (any SamplingRegime)?) -> String { regime?.name ?? "continuous" }

    private func settings(
        regime: (any SamplingRegime)?, seed: UInt64, alone: Bool
    ) throws -> SinusoidExperiment.Settings {
        var settings = SinusoidExperiment.Settings()
        settings.family = SinusoidFamily(SinusoidFamily.Dimensions(rawValue: dimensions) ?? .two)
        settings.shots = shots
        settings.learner = algorithm.learner
        settings.inner = .sgd(InnerSGD(learningRate: innerRate ?? 0.01))
        settings.innerSteps = innerSteps
        settings.outerLearningRate = outerRate
        settings.tasksPerStep = tasksPerStep
        settings.iterations = iterations
        settings.regime = regime
        settings.testTasks = testTasks
        settings.seed = seed
        settings.threads = alone ? parallelism.threads : 1
        return settings
    }

    private func chosenRegimes() throws -> [(any SamplingRegime)?] {
        let queued = CommandContext.current.kinds.all(Registry<any SamplingRegime>.standard)
            .entries.map(\.standard)
            .filter(\.drawsFromQueue)
        switch regimes {
        case "continuous": return [nil]
        case "all": return queued
        default:
            return try regimes.split(separator: ",").map { name in
                if name == "continuous" { return nil }
                guard let regime = queued.first(where: { $0.name == name }) else {
                    let names = queued.map(\.name).joined(separator: ", ")
                    throw ValidationError("--regimes knows continuous, \(names), all; got \(name)")
                }
                return regime
            }
        }
    }

    private func chosenSeeds() throws -> [UInt64] {
        let chosen = try seeds.split(separator: ",").map { text in
            guard let seed = UInt64(text) else {
                throw ValidationError("--seeds are whole numbers, got \(text)")
            }
            return seed
        }
        guard !chosen.isEmpty else { throw ValidationError("--seeds needs at least one") }
        return chosen
    }
}

/// A learner by its name, with its usual settings.
struct LearnerArgument: ExpressibleByArgument {
    let learner: any MetaLearner

    init() { learner = SecondOrderMAML() }

    init?(argument: String) {
        guard let entry = Self.learners[argument] else { return nil }
        learner = entry.standard
    }

    var defaultValueDescription: String { learner.name }

    static var allValueStrings: [String] { learners.names }

    /// Learners that can put out values.
    private static var learners: Registry<any MetaLearner> {
        let all = CommandContext.current.kinds.all(Registry<any MetaLearner>.standard)
        return Registry(all.entries.filter { !$0.standard.needsClasses })
    }
}
