import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import EMGIngest
import EMGLabeling
import EMGSignal
import EMGTasks
import ErrorReports
import Foundation
import PrintableText

/// `myotask label import`: labels from tables of events.
struct LabelImportCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take labels over from tables of events: onset, duration, label.",
        discussion: """
            A table has commas, semicolons or tabs between columns and their names in its first line; \
            n/a or nothing stands for what is not known. Columns are found by their names (onset, \
            start, time, sample; duration, end; trial_type, label, class, gesture, description, …) or \
            named here. Times are seconds unless a name says otherwise (onset_ms, start_sample) or \
            --unit does. Where no event has a duration, each lasts until the next. What no event \
            covers has no label.

            A table belongs to the recording that was converted from a file of its name (with or without \
            _events), or whose condition or names it has; its folders tell patient and session. Examples:
              myotask label import archive events/
              myotask label import archive p1.csv --recording p1/day1/111 --unit ms
            """)

    @OptionGroup var options: LabelOptions

    @Argument(help: "Tables of events, or folders of them.", completion: .file())
    var tables: [String]

    @Option(help: "The recording that the one table is about, such as p1/day1/111.")
    var recording: String?

    @Option(name: .customLong("onset-column"), help: "The column of begins.")
    var onsetColumn: String?

    @Option(name: .customLong("duration-column"), help: "The column of durations.")
    var durationColumn: String?

    @Option(name: .customLong("end-column"), help: "The column of ends, in place of durations.")
    var endColumn: String?

    @Option(name: .customLong("label-column"), help: "The column of labels.")
    var labelColumn: String?

    @Option(help: "What times are counted in: s, ms or samples.")
    var unit: LabelTableLayout.TimeUnit?

    @Flag(help: "Take labels away where no event is.")
    var replace = false

    @Flag(help: "Say what would be labeled, and write nothing.")
    var dryRun = false

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func validate() throws {
        if durationColumn != nil, endColumn != nil {
            throw ValidationError("--duration-column and --end-column exclude each other")
        }
    }

    /// A recording and what a table says of it.
    private struct Match {
        let entry: RecordingArchive.Entry
        let table: String
        let proposal: LabelProposal
    }

    func run() throws {
        let archive = try options.open()
        let files = try tableFiles()
        var matches: [Match] = []
        var refused: [FaultGroup.Note] = []
        var warnings: [FaultGroup.Note] = []
        let candidates = try candidates(archive, tableCount: files.count)
        for file in files {
            do throws(IngestError) {
                let entry = try entry(of: file, among: candidates)
                let (proposal, notes) = try proposal(file, for: entry, of: archive)
                matches.append(Match(entry: entry, table: file.relativePath, proposal: proposal))
                warnings += notes.map {
                    FaultGroup.Note(subject: file.relativePath, text: $0.description)
                }
            } catch {
                refused.append(FaultGroup.Note(subject: file.relativePath, text: "\(error)"))
            }
        }
        FaultOutput.warn(warnings)
        FaultOutput.refuse(refused)
        let decisions = matches.map {
            LabeledArchive.Decision(entry: $0.entry, actions: $0.proposal.actions)
        }.filter { !$0.actions.isEmpty }
        let revision: Int? =
            dryRun || decisions.isEmpty ? nil : try archive.decide(decisions)
        show(matches, edits: archive.store.url, revision: revision)
        if !refused.isEmpty || matches.isEmpty { throw ExitStatus.refused }
    }

    /// The tables, those of folders in the order of their names.
    private func tableFiles() throws -> [URL] {
        try tables.flatMap { try LabelTableMatch.tables(in: URL(filePath: $0)) }
    }

    private typealias Candidate = (
        entry: RecordingArchive.Entry, identity: RecordingIdentity, source: String
    )

    private func candidates(
        _ archive: LabeledArchive, tableCount: Int
    ) throws -> [Candidate] {
        let wanted = try archive.entries(fitting: recording.map { [$0] } ?? [])
        if recording != nil, wanted.count != 1 || tableCount != 1 {
            throw ValidationError(
                "--recording names one recording for one table; it fits "
                    + "\(wanted.count, of: "recording"), and there are \(tableCount, of: "table")")
        }
        return try wanted.map {
            let header = try archive.archive.readHeader($0)
            return ($0, header.identity, header.source.name)
        }
    }

    private func entry(
        of table: URL, among candidates: [Candidate]
    ) throws(IngestError) -> RecordingArchive.Entry {
        if candidates.count == 1 { return candidates[0].entry }
        let place = SourceLocation(file: table.relativePath)
        switch LabelTableMatch.find(table, among: candidates.map { ($0.identity, $0.source) }) {
        case .recording(let index): return candidates[index].entry
        case .none:
            throw IngestError(
                .unknownIdentity(reason: "no recording of the archive has such a name"), at: place,
                hint: "name the table after the recording's source or id, or say --recording ID")
        case .several(let places):
            let ids = places.prefix(3).map { candidates[$0].entry.id }.joined(separator: ", ")
            throw IngestError(
                .unknownIdentity(
                    reason: "\(places.count) recordings have such a name: \(ids)"),
                at: place,
                hint: "put it into a folder of the session's name, or say --recording ID")
        }
    }

    private func proposal(
        _ table: URL, for entry: RecordingArchive.Entry, of archive: LabeledArchive
    ) throws(IngestError) -> (LabelProposal, [IngestWarning]) {
        let layout = LabelTableLayout(
            onset: onsetColumn, duration: durationColumn, end: endColumn, label: labelColumn,
            unit: unit)
        let events = try LabelTable(contentsOf: table, layout: layout)
        let header: RecordingHeader
        let stamps: [Double]?
        do throws(ArchiveError) {
            header = try archive.archive.readHeader(entry)
            stamps = header.hasTimeStamps ? try archive.archive.read(entry).timeStamps : nil
        } catch {
            throw IngestError(
                .unreadable(reason: error.description), at: SourceLocation(file: entry.id))
        }
        let (proposal, warnings) = try LabelProposal.labels(
            of: events, for: header, timeStamps: stamps, replaces: replace)
        return (proposal, warnings)
    }

    private func show(_ matches: [Match], edits: URL, revision: Int?) {
        guard !printsJSON else {
            return Console.line(
                JSONText.of(
                    .object(known: [
                        "edits": .string(edits.path(percentEncoded: false)),
                        "decisions": revision.map { .integer($0) },
                        "recordings": .array(
                            matches.map { match in
                                LabelResult.document(
                                    match.entry.id, match.proposal,
                                    with: [("table", .string(match.table))])
                            }),
                    ])))
        }
        for match in matches {
            Console.line("\(match.entry.id): \(LabelResult.text(match.proposal)), \(match.table)")
        }
        Console.line(LabelResult.written(revision, to: edits))
    }
}

extension LabelTableLayout.TimeUnit: ExpressibleByArgument {}
