import ArgumentParser
import EMGArchive
import EMGBatch
import Foundation

/// `myotask convert`: raw files into a recording archive.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Convert raw recordings into an archive of HDF5 files.",
        discussion: """
            Folders are searched for recordings; who, when and what is told from the places of \
            files (YYYY_MM_DD_patient/patient_condition.csv). Recordings that were converted \
            before are left alone, so a conversion that was stopped continues where it stopped. A \
            file that cannot be read is reported and the rest goes on; the exit status is 1 then.
            """)

    @Argument(help: "Recordings, or folders of them.", completion: .file())
    var inputs: [String]

    @Option(name: .shortAndLong, help: "The archive's folder.", completion: .directory)
    var output: String

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var parallelism: ThreadOptions

    func run() throws {
        let conversion = ArchiveConversion(
            inputs: inputs.map { URL(filePath: $0) },
            archive: RecordingArchive(folder: URL(filePath: output, directoryHint: .isDirectory)),
            options: reading.options, threads: parallelism.threads)
        let terminal = BatchOutput(verb: "converted")
        let report = try conversion.run { terminal.count($0, of: $1) }
        try terminal.finish(report, at: output)
    }
}
