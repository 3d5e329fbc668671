import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import EMGIngest
import EMGSignal
import ErrorReports
import Experiments
import Files
import Foundation
import PrintableText

/// `myotask inspect`: what a file holds, before anything is done with it.
struct InspectCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what recordings hold: rate, labels, gaps, saturation, hum.",
        discussion: """
            Nothing is written but the page of --report. Folders are searched for recordings. A file \
            that cannot be read is reported and the rest goes on; the exit status is 1 then, and when \
            there is no recording at all. What is shown is what convert reads with the same options. \
            --summary prints a line for each recording: of channels with missing, saturated or flat \
            samples or hum it says how many there are.
            """)

    @Argument(help: "Recordings, or folders of them.", completion: .file())
    var paths: [String]

    @Flag(help: "Print one JSON object for programs instead of text.")
    var json = false

    @Flag(help: "Print one line for each recording.")
    var summary = false

    @Option(
        help: ArgumentHelp(
            "Draw the recordings of an archive, or some of its files, on a page.",
            valueName: "page.html"), completion: .file(extensions: ["html"]))
    var report: String?

    @OptionGroup var reading: ReadingOptions

    var printsJSON: Bool { json }

    func validate() throws {
        guard [json, summary, report != nil].count(where: \.self) > 1 else { return }
        throw ValidationError("--json, --summary and --report exclude each other")
    }

    func run() throws {
        if let report { return try draw(on: report) }
        let options = try reading.options()
        let registry = CommandContext.current.readers
        let workers = WorkerCommand.thisProgram(
            as: InspectWorkerCommand.name, insteadOf: Self.configuration.commandName
        ).map(SourceWorkers.init)
        let found = SourceSearch.search(
            paths.map { URL(filePath: $0) }, registry: registry, options: options,
            examiner: workers)
        FaultOutput.warn(
            (found.skipped + found.warnings).map { Self.note($0.location.file, "\($0)") })
        var refused = found.refused.map { Self.note($0.location.file, "\($0)") }
        var errors = found.refused.map { ErrorReport($0) }
        var inspections: [RecordingInspection] = []
        for source in found.sources + found.undetermined {
            do throws(IngestError) {
                let parts =
                    if let workers {
                        try workers.inspect(source)
                    } else {
                        try RecordingInspection.parts(
                            of: source, options: options, registry: registry)
                    }
                if json || summary {
                    inspections += parts
                } else {
                    for part in parts { Console.line(part.text) }
                }
            } catch {
                refused.append(Self.note(source.url.relativePath, "\(error)"))
                errors.append(ErrorReport(error))
            }
        }
        if json {
            Console.line(
                JSONText.of(
                    .object([
                        "recordings": .array(inspections.map(\.document)),
                        "refused": .array(errors.map(\.document)),
                    ])))
        }
        if summary, !inspections.isEmpty {
            Console.line(InspectionTable(inspections: inspections).text)
        }
        FaultOutput.refuse(refused)
        let foundNothing = found.sources.isEmpty && refused.isEmpty
        if foundNothing { FaultOutput.refuseNothing() }
        if foundNothing || !refused.isEmpty { throw ExitStatus.refused }
    }

    /// Draws recordings of archives on a page.
    private func draw(on page: String) throws {
        let title =
            paths.count == 1
            ? URL(filePath: paths[0]).lastPathComponent : paths.joined(separator: ", ")
        var report = RecordingReport(title)
        for path in paths {
            for file in try archived(path) {
                report.add(try RecordingFile.read(file), file: file.relativePath)
            }
        }
        try report.write(to: URL(filePath: page))
        Console.line("\(page): drawn")
    }

    /// The recordings of an archive, of a folder in one, or a file of one.
    private func archived(_ path: String) throws -> [URL] {
        let url = URL(filePath: path)
        let ending = "." + RecordingArchive.fileExtension
        let files =
            Folder.exists(at: url)
            ? try Folder.subpaths(of: url).sorted(by: NaturalOrder.precedes)
                .map { url.appending(path: $0) } : [url]
        let found = files.filter { $0.lastPathComponent.hasSuffix(ending) }
        guard !found.isEmpty else {
            throw ExperimentError(
                .missing("a recording of an archive"), at: path,
                hint: "a page is drawn of what convert has made: "
                    + "myotask convert \(path) --output archive")
        }
        return found
    }

    private static func note(_ subject: String, _ text: String) -> FaultGroup.Note {
        FaultGroup.Note(subject: subject, text: text)
    }
}
