import ArgumentParser
import Decoding
import Documents
import EMGArchive
import EMGEpisodes
import EMGTasks
import Experiments
import Foundation
import MetaLearning

/// `myotask evaluate`: a checkpoint on a collection.
struct EvaluateCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score a checkpoint on a collection, or a decoder on recordings.",
        discussion: """
            A checkpoint is fine-tuned on each task's support and scored on its query. A decoder \
            (NAME.myodec) decides about labeled recordings as "myotask decode" does, control layer \
            and all, and is scored on that: with --query on what its split leaves for the query.

            How the model is fine-tuned is what the checkpoint's run says (configuration.json two \
            folders above it), or --config. Without either, the defaults of training hold.

            A checkpoint says what it was made for: a collection with other channels, another \
            rate, conditioning or normalization is refused, and so are tasks of people that it \
            was trained on or selected by. A state_dict that PyTorch's safetensors saved says \
            nothing; its tensors' names tell the model.

            See docs/meta-learning/checkpoints.md.
            """)

    @Argument(
        help: """
            A model, such as run/checkpoints/best.safetensors, the folder of its run, or a decoder, \
            NAME.myodec.
            """,
        completion: .file())
    var checkpoint: String

    @Argument(
        help: """
            The collection's manifest, NAME.json; for a decoder an archive's folder or the file of \
            a recording.
            """, completion: .file())
    var collection: String

    @Option(help: "Whose tasks: train, validation, test or all.")
    var split = "test"

    @Option(help: "Steps of fine-tuning, in place of what is configured; 0 for none.")
    var steps: Int?

    @Option(
        name: .shortAndLong,
        help: """
            A training configuration's file; for a decoder that of a collection, whose split says \
            what the query is.
            """, completion: .file())
    var config: String?

    @Flag(
        help: """
            Score a decoder on the query alone: what is left behind the first cycle, or by the \
            split of --config.
            """)
    var query = false

    @Option(
        name: .shortAndLong,
        help: "A new folder for predictions.csv, task-metrics.csv and confusion.csv.",
        completion: .directory)
    var output: String?

    @Flag(inversion: .prefixedNo, help: "Also score a linear discriminant on each task's support.")
    var lda = false

    @Flag(
        help: "Also score tasks that the model has seen in training or selection, and mark them.")
    var allowSeen = false

    @Flag(help: "Show the metrics as JSON.")
    var json = false

    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { json }

    func validate() throws {
        guard ["train", "validation", "test", "all"].contains(split) else {
            throw ValidationError("--split knows train, validation, test, all; got \(split)")
        }
        if let steps, !(0...1_000_000).contains(steps) {
            throw ValidationError("--steps must be from 0 to 1000000, got \(steps)")
        }
    }

    func run() throws {
        let url = URL(filePath: checkpoint)
        guard url.pathExtension != DecoderBundle.fileExtension else {
            return try DecoderEvaluation(
                bundle: DecoderBundle(contentsOf: url, kinds: CommandContext.current.kinds),
                recordings: URL(filePath: collection), split: try decoderSplit(),
                threads: parallelism.threads, isJSON: json
            ).run()
        }
        try evaluateCheckpoint()
    }

    private func evaluateCheckpoint() throws {
        if let output, FileManager.default.fileExists(atPath: output) {
            throw MetaLearningError(
                .alreadyExists, at: output, hint: "name a folder that is not there yet")
        }
        let place = try CheckpointFile.find(URL(filePath: checkpoint))
        let kinds = CommandContext.current.kinds
        let file = try LearningCollection.open(URL(filePath: collection), kinds: kinds)
        FaultOutput.warn(file.warnings)
        var settings = try configuration(of: place)
        settings.threads = parallelism.threads
        // What is compared is said here, not where the model was trained.
        settings.baselines.lda = lda
        settings.baselines.prior = nil
        let tasks = try file.tasks(
            by: settings, memoryBudget: TrainingConfiguration.defaultTaskMemoryMB << 20)
        let source = tasks.source
        let ids = try self.tasks(of: source)
        let model = try place.model(for: source, like: settings.model, kinds: kinds)
        let check = try file.check(
            model, at: place.name, on: source, splits: splits, tasks: ids,
            allowsSeen: allowSeen)
        for warning in check.warnings { Console.warning(warning) }
        let evaluation = try CheckpointEvaluation(
            model, rates: try rates(beside: place, settings, model), source: source,
            configuration: settings)
        var columns = [try evaluation.column(on: ids, steps: steps)]
        columns.insert(
            contentsOf: try tasks.classifiers.map { try evaluation.column(of: $0, on: ids) }, at: 0)
        guard let files = try file.testFiles(columns, source: source, seen: check.seen) else {
            let text = RegressionText(columns, seen: check.seen)
            return Console.line(json ? text.json : text.table)
        }
        if let output {
            try files.write(to: URL(filePath: output, directoryHint: .isDirectory))
        }
        if json {
            Console.line(EvaluationText(files).json)
        } else {
            Console.line(EvaluationText(files).table)
            if let output { Console.line("\n\(output): predictions, metrics and confusions") }
        }
    }

    /// How recordings are divided for a decoder; `nil` for not at all.
    private func decoderSplit() throws(DocumentError) -> SplitSettings? {
        guard let config else { return query ? SplitSettings() : nil }
        return try CollectionConfiguration(
            CommandContext.current.document(at: config).cursor
        ).split
    }

    /// The splits that are asked for.
    private var splits: [EpisodeSplit] {
        split == "all" ? EpisodeSplit.allCases : [EpisodeSplit(rawValue: split) ?? .test]
    }

    private func tasks(of source: any EpisodeSource) throws -> [String] {
        let ids = splits.flatMap { source.ids(in: $0) }
        guard !ids.isEmpty else {
            throw MetaLearningError(
                .emptySplit(splits[0]), at: collection,
                hint: "choose another split with --split, such as all")
        }
        return ids
    }

    private func configuration(of checkpoint: CheckpointFile) throws -> TrainingConfiguration {
        if let config {
            return try TrainingConfiguration(CommandContext.current.document(at: config).cursor)
        }
        if let own = try checkpoint.configuration(kinds: CommandContext.current.kinds) {
            return own
        }
        Console.warning(
            "no configuration.json beside the checkpoint's folder: fine-tuning as by default")
        return TrainingConfiguration()
    }

    /// The rates that were learned with the checkpoint.
    private func rates(
        beside checkpoint: CheckpointFile, _ settings: TrainingConfiguration,
        _ model: ModelCheckpoint
    ) throws -> [Float]? {
        guard let layout = settings.rateLayout(of: model.network.parameters) else { return nil }
        if let rates = try checkpoint.learnedRates(of: model, as: layout) { return rates }
        Console.warning(
            "\(checkpoint.ratesName) is not there: the configured rate is used for all parameters")
        return nil
    }
}
