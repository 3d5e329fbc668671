import ArgumentParser
import EMGIngest
import Foundation

/// `myotask inspect`: what a file holds, before anything is done with it.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what recordings hold: rate, labels, gaps, saturation, hum.",
        discussion: """
            Nothing is written. Folders are searched for recordings. A file that cannot be read is \
            reported and the rest goes on; the exit status is 1 then.
            """)

    @Argument(help: "Recordings, or folders of them.", completion: .file())
    var paths: [String]

    @Flag(help: "Print one JSON array for programs instead of text.")
    var json = false

    @OptionGroup var reading: ReadingOptions

    func run() throws {
        let options = try reading.options()
        let registry = ReaderRegistry.standard
        let files = SourceSearch(
            paths.map { URL(filePath: $0) }, registry: registry, options: options)
        var inspections: [RecordingInspection] = []
        var refusedCount = 0
        for warning in files.skipped + files.warnings { Console.warning(warning.description) }
        for refusal in files.refused {
            Console.problem("refused: \(refusal)")
            refusedCount += 1
        }
        for source in files.sources + files.undetermined {
            do throws(IngestError) {
                let parts = try RecordingInspection.parts(
                    of: source, options: options, registry: registry)
                if json {
                    inspections += parts
                } else {
                    for part in parts { Console.line(part.text) }
                }
            } catch {
                Console.problem("refused: \(error)")
                refusedCount += 1
            }
        }
        if json { Console.line(try JSONText.of(inspections)) }
        if refusedCount > 0 { throw ExitStatus.refused }
    }
}
