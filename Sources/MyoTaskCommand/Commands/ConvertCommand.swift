import ArgumentParser
import EMGBatch
import EMGExport
import Foundation

/// `myotask convert`: raw files into a recording archive.
struct ConvertCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Convert raw recordings into an archive of HDF5 files, or to EDF+, BDF+ or CSV.",
        discussion: """
            Folders are searched for recordings of every format (see myotask formats). Who, when \
            and what is given by the files, or by their places \
            (YYYY_MM_DD_patient/patient_condition.csv). Recordings that were converted before are \
            left alone, so a conversion that was stopped continues where it stopped. A file that \
            cannot be read is reported and the rest goes on; the exit status is 1 then. So it is when \
            the disk is full or the folder may not be written to: that stops the conversion, and \
            the same command goes on.

            With --to, recordings (of an archive, or raw) are written for other programs: edf and \
            bdf as a BIDS-EMG data set with side files, csv as tables of the ROAM laboratory.

            With --shard, several processes convert into one archive, or each into its own; see \
            myotask archive and docs/cluster/shards.md.
            """)

    @OptionGroup var settings: ConversionOptions

    @Option(name: .customLong("to"), help: "The format to write, instead of an archive.")
    var target = ConversionFormat.archive

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "With --launcher, print the scripts and commands; do nothing.")
    var dryRun = false

    @Flag(help: "Print one JSON object for programs instead of a table.")
    var json = false

    var printsJSON: Bool { json }

    func validate() throws {
        if settings.sharding.isStated, target != .archive {
            throw ValidationError(
                "--shard goes without --to: what describes a data set as a whole is written once")
        }
        try launch.exclude(shard: settings.sharding.isStated)
        try launch.require(dryRun)
    }

    func run() throws {
        var conversion = try settings.conversion()
        if launch.launcher != nil { return try handOver() }
        if target == .archive { conversion.shard = try settings.sharding.part() }
        conversion.worker = .thisProgram(
            as: ConvertWorkerCommand.name, insteadOf: Self.configuration.commandName)
        let terminal = BatchOutput(verb: "converted", isJSON: json)
        let report: BatchReport
        if let format = target.exportFormat {
            let folder = URL(filePath: settings.output, directoryHint: .isDirectory)
            report = try SourceExport(conversion, to: folder, format: format).run {
                terminal.show($0)
            }
        } else {
            report = try conversion.run { terminal.show($0) }
        }
        try terminal.finish(report, at: settings.output)
    }

    /// Hands the work to other processes.
    private func handOver() throws {
        let folder = URL(filePath: settings.output, directoryHint: .isDirectory)
        let work = Launch(
            options: launch, commandName: "convert", output: folder, isDryRun: dryRun,
            isJSON: json)
        guard target == .archive else { return try work.go(.once) }
        try work.go(
            .sharded(points: nil, collect: ["archive", "merge", Launch.path(of: folder)]))
    }
}

/// What `convert` writes.
enum ConversionFormat: String, ExpressibleByArgument, CaseIterable {
    case archive, edf, bdf, csv

    /// The format for other programs; `nil` for an archive.
    var exportFormat: ExportFormat? {
        switch self {
        case .archive: nil
        case .edf: .edf
        case .bdf: .bdf
        case .csv: .csv
        }
    }
}
