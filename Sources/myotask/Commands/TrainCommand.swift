import ArgumentParser
import Documents
import EMGArchive
import EMGEpisodes
import EMGSignal
import Foundation
import MetaLearning

/// `myotask train`: meta-training on a collection, and the comparison on its test tasks.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Meta-train a model on a task collection and compare it with baselines.",
        discussion: """
            The configuration is a YAML file (schemas/training.schema.json); every setting has a \
            default. The run folder gets the resolved configuration, metrics, checkpoints that \
            PyTorch's safetensors reads, and the test table. A run that was stopped goes on with \
            --resume and ends in the same bytes.
            """)

    @Argument(help: "The collection's manifest, NAME.json.", completion: .file())
    var collection: String

    @Option(name: .shortAndLong, help: "The configuration's file.", completion: .file())
    var config: String?

    @Option(
        name: .shortAndLong,
        help: "The run's folder, which must not be there yet; runs/NAME_DATE_TIME when left out.",
        completion: .directory)
    var output: String?

    @Option(
        help: "Go on with the run in this folder, with its own configuration.",
        completion: .directory)
    var resume: String?

    @Option(help: "Threads to use; the result does not depend on it.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads must be from 1 to 1024, got \(threads)")
        }
        if resume != nil, config != nil || output != nil {
            throw ValidationError("--resume goes without --config and --output: the run has both")
        }
    }

    func run() throws {
        let file = try CollectionFile.open(URL(filePath: collection))
        for warning in file.warnings { Console.warning("\(warning)") }
        let (trainer, run) = try prepare(file)
        let progress = TrainingProgress()
        let result = try trainer.train(into: run) { progress.show($0) }
        Console.line(TrainingTable(result, testTasks: file.manifest.splits.test).text)
        for note in result.notes { Console.line(note) }
        Console.line("\(run.folder.relativePath): configuration, metrics, checkpoints and results")
    }

    private func prepare(_ file: CollectionFile) throws -> (Trainer, TrainingRun) {
        if let resume {
            let run = try TrainingRun(
                resuming: URL(filePath: resume, directoryHint: .isDirectory))
            guard run.provenance["collection_sha256"] == file.manifest.tensors.sha256 else {
                throw MetaLearningError(
                    .incompatible(
                        expected: "collection \(file.manifest.name)",
                        found: "collection \(run.provenance["collection"] ?? "unknown")"),
                    at: resume, hint: "resume a run with the collection it was begun with")
            }
            var settings = try run.configuration()
            settings.threads = threads ?? settings.threads
            let source = try CollectionEpisodes(file, memoryBudget: settings.taskMemory)
            return (try Trainer(source: source, configuration: settings), run)
        }
        var settings =
            try config.map {
                try TrainingConfiguration(Document(contentsOf: URL(filePath: $0)).cursor)
            }
            ?? TrainingConfiguration()
        settings.threads = threads ?? settings.threads
        let source = try CollectionEpisodes(file, memoryBudget: settings.taskMemory)
        let trainer = try Trainer(source: source, configuration: settings)
        let folder =
            output.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? Self.stampedFolder(for: file.manifest.name)
        let run = try TrainingRun(
            creating: folder, configuration: settings, threads: trainer.threads,
            provenance: [
                "software": SoftwareVersion.text,
                "collection": file.manifest.name,
                "collection_sha256": file.manifest.tensors.sha256,
            ])
        return (trainer, run)
    }

    private static func stampedFolder(for name: String) -> URL {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd_HH-mm-ss"
        return URL(filePath: "runs/\(name)_\(formatter.string(from: Date()))")
    }
}
