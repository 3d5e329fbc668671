import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import EMGTasks
import Foundation
import PrintableText
import Sharding

/// `myotask archive status`: what is done, refused and missing.
struct ArchiveStatusCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say what shards have done, what they refused and what is missing.",
        discussion: """
            An input is done when a shard has recorded it and its recording is there. The exit \
            status is 1 while anything is missing or refused.
            """)

    @Argument(
        help: "An archive's folder, or a table that window --shard writes.", completion: .file())
    var place: String

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func run() throws {
        guard ArchivePlace.isFolder(place) else {
            return try TableOutput.show(
                WindowTableParts(of: URL(filePath: place)), isJSON: printsJSON)
        }
        let status = try ArchiveStatus(
            of: RecordingArchive(folder: URL(filePath: place, directoryHint: .isDirectory)))
        if printsJSON {
            Console.line(JSONText.of(status.document))
        } else {
            StatusOutput.show(status)
        }
        if !status.isComplete { throw ExitStatus.refused }
    }
}

/// What a place is that shards wrote.
enum ArchivePlace {
    /// Whether it is an archive; else it is a table.
    static func isFolder(_ place: String) -> Bool {
        let url = URL(filePath: place)
        return !["h5", "hdf5", "npy", "csv"].contains(url.pathExtension.lowercased())
            || (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
    }
}

/// How the status of a table shows.
enum TableOutput {
    /// Prints which parts there are, and says how the program ends.
    static func show(_ parts: WindowTableParts, isJSON: Bool) throws {
        let place = parts.table.relativePath
        if isJSON {
            Console.line(
                JSONText.of(
                    .object([
                        "table": .string(place), "complete": .boolean(parts.missing.isEmpty),
                        "shards": .integer(parts.count),
                        "done": .integers(parts.present.map(\.shard.index)),
                        "missing": .integers(parts.missing.map(\.index)),
                        "refused": .array(parts.refused.map(\.document)),
                        "parts": .array(
                            parts.present.map {
                                .object([
                                    "shard": .integer($0.shard.index), "host": .string($0.host),
                                    "windows": .integer($0.windows),
                                    "recordings": .integer($0.recordings),
                                    "duration_s": .number($0.seconds),
                                ])
                            }),
                    ])))
        } else {
            var table = TextTable(">shard", ">recordings", ">windows", ">seconds", "host")
            for part in parts.present {
                table.add(
                    "\(part.shard.index)", "\(part.recordings)", "\(part.windows)",
                    StatusOutput.seconds(part.seconds), part.host.printable(limit: 60))
            }
            Console.line(table.text)
            for refusal in parts.refused { Console.problem("refused: \(refusal.reason)") }
            Console.line(
                "\(place): \(parts.present.count) of \(parts.count, of: "part")"
                    + StatusOutput.missing(parts.missing))
        }
        if !parts.missing.isEmpty || !parts.refused.isEmpty { throw ExitStatus.refused }
    }
}

/// How the status of an archive shows.
enum StatusOutput {
    /// How many rows or names are printed; JSON has them all.
    private static let most = 40

    /// Prints what is done, refused and missing.
    static func show(_ status: ArchiveStatus) {
        for work in status.works {
            FaultOutput.refuse(work.refusals)
            let missing = work.missing
            if !missing.isEmpty {
                let names = missing.prefix(most).map { $0.input.printable(limit: 200) }
                Console.problem(
                    "missing: " + names.joined(separator: ", ")
                        + (missing.count > most ? " and \(missing.count - most) more" : ""))
            }
            if work.settings.count > 1 {
                Console.warning(
                    "\(work.step): shards had other settings than each other: "
                        + work.settings.map { $0.printable(limit: 200) }.joined(separator: "; "))
            }
            for division in work.divisions { show(division) }
            Console.line(
                "\(work.step): \(work.list.items.count, of: "input"): \(work.doneCount) done, "
                    + "\(work.refusals.count) refused, \(missing.count) missing"
                    + (work.skipped.isEmpty ? "" : ", \(work.skipped.count) skipped"))
        }
        if status.supersededCount > 0 {
            Console.note(
                "\(status.supersededCount, of: "record") of an earlier list of the same inputs "
                    + "left out")
        }
        if status.partialCount > 0 {
            Console.note(
                "\(status.partialCount, of: "partial file"): somebody is writing, or was killed on "
                    + "another machine")
        }
        Console.line(
            "\(status.archive.folder.relativePath): \(status.recordingCount, of: "recording"), "
                + (status.isComplete ? "complete" : "incomplete"))
    }

    private static func show(_ division: ArchiveStatus.Division) {
        var table = TextTable(">shard", ">inputs", ">refused", ">MB", ">seconds", "host")
        for record in division.records.prefix(most) {
            table.add(
                "\(record.shard)", "\(record.entries.count)", "\(record.refusedCount)",
                String(format: "%.1f", Double(record.bytes) / 1e6), seconds(record.seconds),
                record.host.printable(limit: 60))
        }
        Console.line(table.text)
        if division.records.count > most {
            Console.line("… and \(division.records.count - most) more (--json lists all)")
        }
        Console.line(
            "\(division.records.count) of \(division.count, of: "shard") done"
                + missing(division.missing)
                + "; longest \(seconds(division.longestSeconds)) s, mean "
                + "\(seconds(division.meanSeconds)) s, idle "
                + String(format: "%.0f %%", 100 * division.idleShare))
    }

    /// `, missing 3, 7`.
    static func missing(_ shards: [Shard]) -> String {
        guard !shards.isEmpty else { return "" }
        let names = shards.prefix(most).map { "\($0.index)" }.joined(separator: ", ")
        return ", missing \(names)" + (shards.count > most ? ", …" : "")
    }

    /// Seconds with one decimal.
    static func seconds(_ value: Double) -> String { String(format: "%.1f", value) }
}
