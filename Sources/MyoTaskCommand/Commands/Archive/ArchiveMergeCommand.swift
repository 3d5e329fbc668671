import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import EMGTasks
import ErrorReports
import Foundation
import PrintableText

/// `myotask archive merge`: what shards did, as if one process had done it.
struct ArchiveMergeCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Put what shards did together: archives, their summaries, tables of windows.",
        discussion: """
            Of one archive that all shards wrote to, this writes summary.json: what came of each \
            input. Archives that were written apart are put into --output first, by links where the \
            disk can; recordings of one name with other bytes are refused. Of a table, NAME.h5, \
            .npy or .csv, the parts beside it become the table. Archives and tables have the bytes \
            that one process would have written, and so has the summary. The exit status is 1 when \
            anything is missing or refused.
            """)

    @Argument(
        help: "Archives' folders, or one table that window --shard writes.", completion: .file())
    var places: [String]

    @Option(
        name: .shortAndLong,
        help: "The folder of the archive; the only one of the archives when left out.",
        completion: .directory)
    var output: String?

    @Flag(help: "Remove the parts of a table when the table is there.")
    var removeParts = false

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    /// The table, when one is named.
    private var table: URL? {
        places.first { !ArchivePlace.isFolder($0) }.map { URL(filePath: $0) }
    }

    func validate() throws {
        if table != nil {
            guard places.count == 1 else {
                throw ValidationError("name one table, or archives; parts are found beside it")
            }
            guard output == nil else {
                throw ValidationError("--output goes without a table: it gets its own name")
            }
        } else {
            guard !removeParts else { throw ValidationError("--remove-parts needs a table") }
            guard output != nil || places.count == 1 else {
                throw ValidationError("several archives need --output")
            }
        }
    }

    func run() throws {
        if let table { return try merge(table) }
        let archives = places.map {
            RecordingArchive(folder: URL(filePath: $0, directoryHint: .isDirectory))
        }
        var target = archives[0]
        var merged: ArchiveMerge.Report?
        if let output {
            target = RecordingArchive(folder: URL(filePath: output, directoryHint: .isDirectory))
            merged = try ArchiveMerge(archives, into: target).run { done, total in
                Console.progress("\(done) of \(total, of: "recording")")
            }
            Console.endProgress()
        }
        let status = try ArchiveStatus(of: target)
        let summary = try ArchiveSummary(status).write()
        show(status, merged, summary)
        if !status.isComplete || merged?.refused.isEmpty == false { throw ExitStatus.refused }
    }

    private func show(
        _ status: ArchiveStatus, _ merged: ArchiveMerge.Report?, _ summary: URL
    ) {
        let refused = merged?.refused ?? []
        guard !printsJSON else {
            return Console.line(
                JSONText.of(
                    .object(known: [
                        "output": .string(status.archive.folder.relativePath),
                        "summary": .string(summary.relativePath),
                        "merged": merged.map { .integer($0.mergedCount) },
                        "present": merged.map { .integer($0.presentCount) },
                        "refused": .array(refused.map(\.document)), "status": status.document,
                    ])))
        }
        FaultOutput.refuse(
            refused.compactMap { item in
                guard case .refused(let error) = item.outcome else { return nil }
                return FaultGroup.Note(subject: item.input, text: error.description)
            })
        StatusOutput.show(status)
        if let merged {
            Console.line(
                "\(status.archive.folder.relativePath): \(merged.mergedCount) merged, "
                    + "\(merged.presentCount) there already, \(refused.count) refused")
        }
        Console.line("\(summary.relativePath): written")
    }

    private func merge(_ table: URL) throws {
        let parts = try WindowTableParts(of: table)
        let report = try parts.merge(removesParts: removeParts)
        for refusal in parts.refused { Console.problem("refused: \(refusal.reason)") }
        Console.line(
            printsJSON
                ? JSONText.of(
                    .object([
                        "output": .string(table.relativePath),
                        "windows": .integer(report.windows),
                        "recordings": .integer(report.recordings),
                        "refused": .array(parts.refused.map(\.document)),
                    ]))
                : "\(table.relativePath): \(report.windows, of: "window") of "
                    + "\(report.recordings, of: "recording")"
                    + (parts.refused.isEmpty ? "" : "; refused: \(parts.refused.count)"))
        if !parts.refused.isEmpty { throw ExitStatus.refused }
    }
}
