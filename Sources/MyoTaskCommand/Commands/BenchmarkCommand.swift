import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import Experiments
import FewShotBenchmark
import Files
import Foundation
import PrintableText

/// `myotask benchmark`: all methods on one protocol, by people.
struct BenchmarkCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Run all methods on a named protocol, and write a leaderboard by people.",
        discussion: """
            The recordings are an archive, or raw files and folders as "myotask convert" takes \
            them; those are converted into OUTPUT/archive first. Everybody is decided about once, by \
            methods that learned from others; what a method chooses, it chooses on those. \
            OUTPUT gets leaderboard.md, .json and .svg, and report.html.

            Protocols: \(BenchmarkProtocol.names.joined(separator: ", ")); or a YAML file. See \
            docs/meta-learning/benchmark.md.
            """)

    @Argument(help: "A protocol by its name, or a YAML file.")
    var name: String

    @Argument(help: "An archive, or recordings, or folders of them.", completion: .file())
    var inputs: [String]

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "A setting in place of the protocol's, as classes=[rest,open]; several may be given.",
            valueName: "key=value"))
    var overrides: [String] = []

    @Option(help: "The methods, separated by commas; all of the protocol when left out.")
    var methods: String?

    @Option(name: .shortAndLong, help: "The folder to write to.", completion: .directory)
    var output: String

    @Flag(help: "Print the protocol with its settings; do nothing.")
    var printConfig = false

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var parallelism: ThreadOptions
    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func run() throws {
        let chosen = methods.map {
            ["methods=[\($0)]"]
        }
        let settings = try BenchmarkProtocol.read(
            name, overrides: overrides + (chosen ?? []), kinds: CommandContext.current.kinds)
        guard !printConfig else { return Console.line(String(settings.document.yaml().dropLast())) }
        let folder = URL(filePath: output, directoryHint: .isDirectory)
        try Folder.make(folder)
        let people = try BenchmarkPeople.read(try archive(in: folder), for: settings)
        for error in people.leftOut { Console.warning("left out: \(error)") }
        let run = BenchmarkRun(settings, on: people, threads: parallelism.threads) {
            Console.progress("\($0) of \($1, of: "part")")
        }
        Console.endProgress()
        let leaderboard = Leaderboard(run)
        try leaderboard.write(to: folder)
        guard !printsJSON else {
            return Console.line(
                JSONText.of(leaderboard.document(versions: RunEnvironment.versions)))
        }
        var table = TextTable(
            leaderboard.accuracyRows[0].enumerated().map { $0 == 0 ? $1 : ">\($1)" })
        for row in leaderboard.accuracyRows.dropFirst() { table.add(row) }
        Console.line(table.text)
        for note in leaderboard.notes { Console.note(note) }
        Console.line(folder.appending(path: "leaderboard.md").relativePath)
    }

    /// The archive that was named, or one that the recordings are converted into.
    private func archive(in folder: URL) throws -> RecordingArchive {
        if inputs.count == 1, reading.template == nil {
            let named = RecordingArchive(
                folder: URL(filePath: inputs[0], directoryHint: .isDirectory))
            if let entries = try? named.recordings(), let first = entries.first,
                (try? named.readHeader(first)) != nil
            {
                return named
            }
        }
        let archive = RecordingArchive(
            folder: folder.appending(path: "archive", directoryHint: .isDirectory))
        var conversion = ArchiveConversion(
            inputs: inputs.map { URL(filePath: $0) }, archive: archive,
            options: try reading.options(), registry: CommandContext.current.readers,
            threads: parallelism.threads)
        conversion.worker = .thisProgram(
            as: ConvertWorkerCommand.name, insteadOf: Self.configuration.commandName)
        let progress = ProgressLine(verb: "converted")
        let report = try conversion.run { progress.show($0) }
        progress.end()
        FaultOutput.warn(report.notes)
        FaultOutput.refuse(report.refusals)
        guard report.writtenCount + report.upToDateCount > 0 else {
            FaultOutput.refuseNothing()
            throw ExitStatus.refused
        }
        return archive
    }
}
