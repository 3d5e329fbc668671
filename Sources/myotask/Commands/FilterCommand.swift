import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import EMGFilters
import Foundation

/// `myotask filter`: a conditioning pipeline over an archive.
struct FilterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Band-pass, notch, rectify and smooth the recordings of an archive.",
        discussion: """
            The pipeline is a YAML file (schemas/pipeline.schema.json). The result is another \
            archive; what was done, with true corners and orders, is in each recording's history. \
            A corner that the effective sampling rate cannot hold is refused, with the reason.
            """)

    @Argument(help: "The archive's folder.", completion: .directory)
    var archive: String

    @Option(name: .shortAndLong, help: "The pipeline's file.", completion: .file())
    var pipeline: String

    @Option(
        name: .shortAndLong, help: "The folder of the conditioned archive.",
        completion: .directory)
    var output: String?

    @Flag(help: "Print the designed chain for each recording and write nothing.")
    var dryRun = false

    @OptionGroup var parallelism: ThreadOptions

    func validate() throws {
        if output == nil, !dryRun { throw ValidationError("--output or --dry-run is needed") }
    }

    func run() throws {
        let pipeline = try ConditioningPipeline(
            Document(contentsOf: URL(filePath: pipeline)).cursor)
        let source = RecordingArchive(folder: URL(filePath: archive, directoryHint: .isDirectory))
        guard let output, !dryRun else { return try describe(pipeline, on: source) }
        let conditioning = ArchiveConditioning(
            archive: source,
            output: RecordingArchive(folder: URL(filePath: output, directoryHint: .isDirectory)),
            pipeline: pipeline, threads: parallelism.threads)
        let terminal = BatchOutput(verb: "filtered")
        let report = try conditioning.run { terminal.show($0) }
        try terminal.finish(report, at: output)
    }

    /// Prints each different design once, with the recordings it is for.
    private func describe(_ pipeline: ConditioningPipeline, on archive: RecordingArchive) throws {
        var reports: [(text: String, recordings: [String])] = []
        var isRefused = false
        for entry in try archive.recordings() {
            do {
                let text = try pipeline.design(for: archive.read(entry)).report
                if let index = reports.firstIndex(where: { $0.text == text }) {
                    reports[index].recordings.append(entry.id)
                } else {
                    reports.append((text, [entry.id]))
                }
            } catch {
                Console.problem("refused: \(entry.id): \(error)")
                isRefused = true
            }
        }
        for report in reports {
            Console.line("For \(report.recordings.joined(separator: ", ")):")
            Console.line(report.text)
        }
        if isRefused { throw ExitStatus.refused }
    }
}
