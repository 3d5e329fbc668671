import ArgumentParser
import EMGArchive
import EMGBatch
import EMGIngest
import Foundation

/// What `convert` and its workers take alike.
struct ConversionOptions: ParsableArguments {
    @Argument(help: "Recordings, or folders of them.", completion: .file())
    var inputs: [String]

    @Option(name: .shortAndLong, help: "The folder to write to.", completion: .directory)
    var output: String

    @OptionGroup var sharding: ShardOption
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var parallelism: ThreadOptions

    /// The conversion, with no worker yet.
    func conversion() throws -> ArchiveConversion {
        let options = try reading.options()
        return ArchiveConversion(
            inputs: inputs.map { URL(filePath: $0) },
            archive: RecordingArchive(folder: URL(filePath: output, directoryHint: .isDirectory)),
            options: options, registry: CommandContext.current.readers,
            threads: parallelism.threads)
    }
}
