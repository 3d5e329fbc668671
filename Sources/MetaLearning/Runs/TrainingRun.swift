private import Autodiff
public import Documents
private import Files
public import Foundation

/// The folder that keeps a training run.
///
///     configuration.json            the settings with every default written out
///     provenance.json               what the run was made from and with
///     input.json                    what the windows are, when the source of tasks says it
///     metrics.jsonl                 one line an epoch
///     checkpoints/best.safetensors  the selected parameters, under PyTorch's names
///     checkpoints/last.safetensors  the parameters after the last epoch
///     checkpoints/resume.safetensors  what is needed to go on after a stop
///     checkpoints/epoch-00010.safetensors  the parameters after that epoch, when asked for
///     checkpoints/best-rates.safetensors  the selected learned rates, for learners of rates
///     queue.csv                     cells of the task queue: loss, change and count
///     results.csv, results.md       the test table, when training is done
///     regression.csv                errors and R² of each target, for regressions
///     fine-tuning.csv               the same after other numbers of fine-tuning steps
///     sequences.csv                 accuracies on tasks learned one after the other
///
/// Every file is written as a whole or not at all, so a run that is killed can be resumed and
/// ends with the same bytes as an undisturbed one.
public struct TrainingRun: Sendable {
    /// Where the folder lies.
    public let folder: URL
    /// What else stands in the checkpoints' metadata, such as the collection and the software.
    package let provenance: [String: String]
    /// What else `provenance.json` says, such as where the collection lay and which libraries were
    /// in use.
    package let environment: [String: String]

    private let resumes: Bool

    /// Makes the folder of a new run.
    ///
    /// - Parameters:
    ///   - folder: The folder; it must not be there, its parents are made.
    ///   - configuration: The settings.
    ///   - threads: How many threads the run uses, when the settings leave it open.
    ///   - provenance: What should stand in the checkpoints' metadata besides the model.
    ///   - environment: What else `provenance.json` should say.
    ///   - input: What the windows are, the text of `input.json`; no such file when left out.
    /// - Returns: The run, of which nothing is trained yet.
    /// - Throws: ``MetaLearningError`` when the folder is there already or cannot be made; nothing
    ///   is left behind then.
    public static func create(
        _ folder: URL, configuration: TrainingConfiguration, threads: Int,
        provenance: [String: String] = [:], environment: [String: String] = [:],
        input: String? = nil
    ) throws(MetaLearningError) -> TrainingRun {
        let path = folder.path(percentEncoded: false)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw MetaLearningError(
                .alreadyExists, at: path, hint: "name another folder, or resume the run in it")
        }
        var about = Self.members(of: provenance)
        if !environment.isEmpty {
            about.append(.init(key: "environment", value: .object(Self.members(of: environment))))
        }
        let text = DocumentValue.object(about).json(.indented)
        try MetaLearningError.wrapping { () throws(FilesError) in
            let partial = try PartialFolder(for: folder)
            try partial.fill { (folder) throws(FilesError) in
                try Folder.make(folder.appending(path: "checkpoints", directoryHint: .isDirectory))
                try AtomicFile.write(text, to: folder.appending(path: "provenance.json"))
                if let input {
                    try AtomicFile.write(input, to: folder.appending(path: "input.json"))
                }
                try AtomicFile.write(
                    configuration.resolvedJSON(threads: threads),
                    to: folder.appending(path: "configuration.json"))
            }
            try partial.commit()
        }
        return TrainingRun(
            folder: folder, provenance: provenance, environment: environment, resumes: false)
    }

    private static func members(of texts: [String: String]) -> [DocumentValue.Member] {
        texts.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .string($0.value)) }
    }

    /// Takes up the folder of a run that was stopped.
    ///
    /// - Parameter folder: The folder of a run.
    /// - Returns: The run, which goes on from its last checkpoint.
    /// - Throws: ``MetaLearningError`` when there is no run in it, or `DocumentError` when what it
    ///   was made from cannot be read.
    public static func resume(_ folder: URL) throws -> TrainingRun {
        let file = folder.appending(path: "configuration.json").path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: file) else {
            throw MetaLearningError(
                .inputOutput(reason: "there is no run to resume"),
                at: folder.path(percentEncoded: false), hint: "name the folder of a run")
        }
        let texts = try Document(contentsOf: folder.appending(path: "provenance.json"))
        let entries = try texts.cursor.object().entries
        let provenance = try Dictionary(
            uniqueKeysWithValues: entries.filter { $0.key != "environment" }.map {
                ($0.key, try $0.cursor.string())
            })
        let environment = try Dictionary(
            uniqueKeysWithValues: entries.filter { $0.key == "environment" }
                .flatMap { try $0.cursor.object().entries }
                .map { ($0.key, try $0.cursor.string()) })
        return TrainingRun(
            folder: folder, provenance: provenance, environment: environment, resumes: true)
    }

    /// The settings that the run was begun with.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The settings of `configuration.json`.
    /// - Throws: `DocumentError` when they cannot be read.
    public func configuration(kinds: Kinds = Kinds()) throws -> TrainingConfiguration {
        let document = try Document(
            contentsOf: folder.appending(path: "configuration.json"), kinds: kinds)
        return try TrainingConfiguration(document.cursor)
    }

    // MARK: Between epochs

    private var checkpoints: URL { folder.appending(path: "checkpoints") }
    private var stateFile: URL { checkpoints.appending(path: "resume.safetensors") }
    private var metricsFile: URL { folder.appending(path: "metrics.jsonl") }

    /// Takes up where the run stopped; leaves the state as it is for a run without checkpoint.
    func restore(
        _ state: inout TrainingState, configuration: TrainingConfiguration
    ) throws {
        let path = stateFile.path(percentEncoded: false)
        guard resumes, FileManager.default.fileExists(atPath: path) else { return }
        try state.restore(
            from: Safetensors(contentsOf: stateFile), name: path,
            configuration: configuration.identity)
        let name = metricsFile.path(percentEncoded: false)
        // A run that was stopped in its first epoch has no metrics yet.
        let text =
            FileManager.default.fileExists(atPath: name)
            ? try String(contentsOf: metricsFile, encoding: .utf8) : ""
        // Metrics are written before the state: a line too many is of an epoch that is done again.
        state.reports = Array(try EpochReport.lines(of: text, name: name).prefix(state.epochsDone))
        guard state.reports.map(\.epoch) == Array(1..<state.epochsDone + 1) else {
            throw MetaLearningError(
                .sizeMismatch(expected: state.epochsDone, found: state.reports.count), at: name,
                hint: "the run's metrics and its checkpoint do not belong together")
        }
    }

    /// Keeps an epoch.
    func save(
        _ state: TrainingState, _ last: ModelCheckpoint, best: ModelCheckpoint,
        configuration: TrainingConfiguration
    ) throws(MetaLearningError) {
        let lines = state.reports.map { $0.json + "\n" }.joined()
        try Self.write(lines, to: metricsFile)
        var kept = [(last, "last", state.epochsDone), (best, "best", state.bestEpoch)]
        if let every = configuration.checkpoints.every, state.epochsDone.isMultiple(of: every) {
            let digits = String(state.epochsDone)
            let zeros = String(repeating: "0", count: max(0, 5 - digits.count))
            kept.append((last, "epoch-\(zeros)\(digits)", state.epochsDone))
        }
        for (checkpoint, name, epoch) in kept {
            var texts = provenance
            texts["epoch"] = "\(epoch)"
            try checkpoint.tensors(about: texts).write(
                to: checkpoints.appending(path: "\(name).safetensors"))
        }
        if configuration.sampling.regime.drawsFromQueue {
            try Self.write(state.sampler.csv, to: folder.appending(path: "queue.csv"))
        }
        if let layout = configuration.rateLayout(of: best.parameters.layout) {
            try rates(Array(state.bestParameters.suffix(layout.count)), as: layout).write(
                to: checkpoints.appending(path: "best-rates.safetensors"))
        }
        try state.checkpoint(configuration: configuration.identity).write(to: stateFile)
    }

    /// Keeps what a baseline was fine-tuned from.
    func save(_ method: Method, _ checkpoint: ModelCheckpoint) throws(MetaLearningError) {
        try checkpoint.tensors(about: provenance).write(
            to: checkpoints.appending(path: "\(method.rawValue).safetensors"))
    }

    /// Keeps what is needed to go on in the middle of an epoch.
    func saveWithinEpoch(
        _ state: TrainingState, configuration: TrainingConfiguration
    ) throws(MetaLearningError) {
        try state.checkpoint(configuration: configuration.identity).write(to: stateFile)
    }

    /// The learned rates, which stand behind the parameters, under the parameters' names.
    private func rates(_ values: [Float], as layout: ParameterLayout) -> Safetensors {
        var file = Safetensors(metadata: ["format": "myotask.rates", "format_version": "1"])
        for entry in layout.entries {
            file.set(
                entry.name, to: Tensor(shape: entry.shape, elements: Array(values[entry.range])))
        }
        return file
    }

    /// Whether training in this folder is done: its table for readers is written last.
    package static func isFinished(_ folder: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: "results.md").path(percentEncoded: false))
    }

    /// Writes the test table as numbers.
    func keep(_ result: TrainingResult) throws(MetaLearningError) {
        try Self.write(result.csv, to: folder.appending(path: "results.csv"))
        if result.isRegression {
            try Self.write(result.regressionCSV, to: folder.appending(path: "regression.csv"))
        }
        if !result.fineTuning.isEmpty {
            try Self.write(result.fineTuningCSV, to: folder.appending(path: "fine-tuning.csv"))
        }
        if let sequences = result.sequences {
            try Self.write(sequences.csv, to: folder.appending(path: "sequences.csv"))
        }
    }

    /// Writes the test table for readers, last of all files: it says that the run is done.
    func finish(_ result: TrainingResult) throws(MetaLearningError) {
        try Self.write(result.markdown, to: folder.appending(path: "results.md"))
    }

    private static func write(_ text: String, to url: URL) throws(MetaLearningError) {
        try MetaLearningError.wrapping { () throws(FilesError) in
            try AtomicFile.write(text, to: url)
        }
    }
}
