import ArgumentParser
import EMGBatch
import EMGIngest

/// `myotask inspect-worker`: what `inspect` starts to read files whose parsers are native
/// libraries.
struct InspectWorkerCommand: ParsableCommand {
    static let name = "inspect-worker"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Read the files named on standard input.",
        shouldDisplay: false)

    @Argument var paths: [String]

    @Flag var json = false

    @Flag var summary = false

    @Option var report: String?

    @OptionGroup var reading: ReadingOptions

    func run() throws {
        let options = try reading.options()
        try SourceWorker(options: options, registry: CommandContext.current.readers).serve()
    }
}
