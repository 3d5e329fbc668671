import ArgumentParser
import Documents
import EMGBatch
import EMGIngest
import ErrorReports
import Foundation
import PrintableText

/// `myotask inspect`: what a file holds, before anything is done with it.
struct InspectCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what recordings hold: rate, labels, gaps, saturation, hum.",
        discussion: """
            Nothing is written. Folders are searched for recordings. A file that cannot be read is \
            reported and the rest goes on; the exit status is 1 then, and when there is no \
            recording at all. What is shown is what convert reads with the same options. \
            --summary prints a line for each recording: of channels with missing, saturated or flat \
            samples or hum it says how many there are.
            """)

    @Argument(help: "Recordings, or folders of them.", completion: .file())
    var paths: [String]

    @Flag(help: "Print one JSON object for programs instead of text.")
    var json = false

    @Flag(help: "Print one line for each recording.")
    var summary = false

    @OptionGroup var reading: ReadingOptions

    var printsJSON: Bool { json }

    func validate() throws {
        if json, summary { throw ValidationError("--json and --summary exclude each other") }
    }

    func run() throws {
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

    private static func note(_ subject: String, _ text: String) -> FaultGroup.Note {
        FaultGroup.Note(subject: subject, text: text)
    }
}
