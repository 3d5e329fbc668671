import ArgumentParser
import Documents
import EMGArchive
import EMGTasks
import Foundation

/// `myotask build`: an archive into a task collection.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a task collection, support and query, from an archive.",
        discussion: """
            The configuration is a YAML file (schemas/collection.schema.json). The collection is a \
            manifest NAME.json and tensors NAME.h5, the same bytes for the same inputs. A \
            recording that cannot become a task is reported and the rest is built; the exit status \
            is 1 then.
            """)

    @Argument(help: "The archive's folder.", completion: .directory)
    var archive: String

    @Option(name: .shortAndLong, help: "The configuration's file.", completion: .file())
    var config: String

    @Option(
        name: .shortAndLong,
        help: "The collection, with or without .json: NAME.json and NAME.h5 are written.",
        completion: .file())
    var output: String

    @OptionGroup var parallelism: ThreadOptions

    func run() throws {
        let configuration = try CollectionConfiguration(
            Document(contentsOf: URL(filePath: config)).cursor)
        let manifestURL =
            output.hasSuffix(".json")
            ? URL(filePath: output) : URL(filePath: output).appendingPathExtension("json")
        let report = try CollectionBuilder(configuration: configuration).build(
            from: RecordingArchive(folder: URL(filePath: archive, directoryHint: .isDirectory)),
            to: manifestURL, threads: parallelism.threads)
        for warning in report.warnings { Console.warning(warning) }
        for warning in report.manifest.warnings { Console.warning("\(warning)") }
        for refusal in report.refused { Console.problem("refused: \(refusal.reason)") }
        show(report, at: manifestURL)
        if !report.refused.isEmpty { throw ExitStatus.refused }
    }

    private func show(_ report: BuildReport, at url: URL) {
        let manifest = report.manifest
        var table = TextTable("task", "split", ">support", ">query", "windows of each class")
        let splits = [
            ("train", manifest.splits.train), ("validation", manifest.splits.validation),
            ("test", manifest.splits.test),
        ]
        for task in manifest.tasks {
            let split = splits.first { $0.1.contains(task.id) }?.0 ?? ""
            let counts = zip(
                manifest.classes,
                zip(
                    task.support.windowsPerClass, task.query.windowsPerClass))
            table.add(
                task.id, split, "\(task.support.windows)", "\(task.query.windows)",
                counts.map { "\($0) \($1.0)+\($1.1)" }.joined(separator: ", "))
        }
        Console.line(table.text)
        Console.line(
            "\(url.relativePath): \(manifest.tasks.count) tasks (\(manifest.splits.train.count) "
                + "train, \(manifest.splits.validation.count) validation, "
                + "\(manifest.splits.test.count) test), windows of \(manifest.window.length) "
                + "samples, guard \(manifest.split.guardSamples)"
                + (report.leftOut.isEmpty
                    ? "" : "; left out as configured: \(report.leftOut.count)")
                + (report.refused.isEmpty ? "" : "; refused: \(report.refused.count)"))
    }
}
