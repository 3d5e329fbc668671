import ArgumentParser
import EMGBatch

/// `myotask convert-worker`: what `convert` starts to read files whose parsers are native
/// libraries.
struct ConvertWorkerCommand: ParsableCommand {
    static let name = "convert-worker"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Convert the files named on standard input.",
        shouldDisplay: false)

    @OptionGroup var settings: ConversionOptions

    @Option(name: .customLong("to")) var target = ConversionFormat.archive

    @Flag var json = false

    func run() throws {
        try ConversionWorker(for: settings.conversion()).serve()
    }
}
