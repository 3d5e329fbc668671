import ArgumentParser
import Documents
import EMGArchive
import EMGIngest
import EMGLabeling
import EMGSignal
import EMGTasks
import Experiments
import Foundation
import PrintableText

/// `myotask label detect`: where movements begin and end.
struct LabelDetectCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "detect",
        abstract: "Find where movements begin and end, and label them.",
        discussion: """
            A double threshold of amplitude and duration on all channels together; rest is found, and raw \
            signals are filtered first. The proposal is printed; --accept writes it into the edit file. \
            With --class every movement is of that class; without it a movement is of the class of the \
            cue that it follows, which are the labels that the recording has. Between movements lies \
            --rest.

            --against-labels and --against hold what is found against labels that are there, or tables of \
            events, and print how many begins are within the tolerance. Examples:
              myotask label detect archive --class open --rest relax --accept
              myotask label detect archive --recording p1/day1 --threshold-share 0.1
              myotask label detect archive --against-labels
              myotask label detect archive --against movements/ --shift -0.1
            """)

    @OptionGroup var options: LabelOptions

    @Option(
        help: ArgumentHelp(
            "Only recordings that fit, such as p1 or p1/*/131; several times for several.",
            valueName: "pattern"))
    var recording: [String] = []

    @Option(name: .customLong("class"), help: "The class of every movement.")
    var className: String?

    @Option(
        help: """
            The class of what lies between movements; when left out the first class of the labels, or \
            none where there are no labels.
            """)
    var rest: String?

    @Flag(help: "Write the proposal into the edit file.")
    var accept = false

    @Flag(name: .customLong("against-labels"), help: "Compare with the labels that are there.")
    var againstLabels = false

    @Option(
        help: ArgumentHelp(
            "Compare with tables of events in this folder.", valueName: "folder"),
        completion: .directory)
    var against: String?

    @Option(help: ArgumentHelp("The tolerance of the comparison.", valueName: "ms"))
    var tolerance = 50.0

    @OptionGroup var settings: OnsetOptions
    @OptionGroup var parallelism: ThreadOptions
    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func validate() throws {
        if accept, againstLabels || against != nil {
            throw ValidationError("--accept writes a proposal; a comparison writes nothing")
        }
        if againstLabels, against != nil {
            throw ValidationError("--against-labels and --against exclude each other")
        }
        guard tolerance >= 0, tolerance < 60_000 else {
            throw ValidationError("--tolerance must be from 0 to 60000 ms")
        }
    }

    func run() throws {
        let archive = try options.open()
        let detection = try settings.detection()
        let entries = try archive.entries(fitting: recording)
        if againstLabels || against != nil {
            return try compare(archive, entries, detection)
        }
        var proposals: [Proposal] = []
        for entry in entries { proposals.append(try proposal(for: entry, of: archive, detection)) }
        for proposal in proposals where proposal.unclassed > 0 {
            Console.warning(
                "\(proposal.entry.id): \(proposal.unclassed, of: "movement") follow no cue and get "
                    + "no label; --class NAME gives all of them one")
        }
        let decisions = proposals.filter { !$0.labels.actions.isEmpty }.map {
            LabeledArchive.Decision(entry: $0.entry, actions: $0.labels.actions)
        }
        let revision =
            accept && !decisions.isEmpty ? try archive.decide(decisions) : nil
        show(proposals, detection, edits: archive.store.url, revision: revision)
    }

    // MARK: Proposals

    /// What was found in a recording.
    private struct Proposal {
        let entry: RecordingArchive.Entry
        let rate: SamplingRate
        let movements: [SampleRange]
        let labels: LabelProposal
        let unclassed: Int
    }

    private func proposal(
        for entry: RecordingArchive.Entry, of archive: LabeledArchive, _ detection: OnsetDetection
    ) throws -> Proposal {
        let found = try self.found(in: entry, of: archive, detection)
        let choice = MovementLabels(className.map { .given($0) } ?? .cues, rest: rest)
        let rate = found.recording.samplingRate
        let (intervals, unclassed) = choice.intervals(
            of: found.movements, over: found.edited.metadata.labels,
            sampleCount: found.recording.sampleCount, rate: rate)
        return Proposal(
            entry: entry, rate: rate, movements: found.movements,
            labels: LabelProposal(intervals, origin: detection.origin), unclassed: unclassed)
    }

    private func found(
        in entry: RecordingArchive.Entry, of archive: LabeledArchive, _ detection: OnsetDetection
    ) throws -> (recording: Recording, edited: EditedMetadata, movements: [SampleRange]) {
        let edited = try archive.metadata(entry)
        let recording = try archive.archive.read(entry)
        let found = try detection.movements(
            in: recording, excluding: edited.excluded, silentChannels: edited.silentChannels,
            threads: parallelism.threads)
        return (recording, edited, found.movements)
    }

    private func show(
        _ proposals: [Proposal], _ detection: OnsetDetection, edits: URL, revision: Int?
    ) {
        guard !printsJSON else {
            return Console.line(
                JSONText.of(
                    .object(known: [
                        "edits": .string(edits.path(percentEncoded: false)),
                        "detection": detection.document,
                        "decisions": revision.map { .integer($0) },
                        "recordings": .array(
                            proposals.map { proposal in
                                LabelResult.document(
                                    proposal.entry.id, proposal.labels,
                                    with: [
                                        (
                                            "movements",
                                            .array(
                                                proposal.movements.map {
                                                    .integers([$0.start, $0.end])
                                                })
                                        )
                                    ])
                            }),
                    ])))
        }
        for proposal in proposals {
            Console.line(
                "\(proposal.entry.id): \(proposal.movements.count, of: "movement"); "
                    + LabelResult.text(proposal.labels))
            var table = TextTable(">onset s", ">offset s", "class")
            for interval in proposal.labels.intervals
            where proposal.movements.contains(interval.range) {
                table.add(
                    String(format: "%.3f", proposal.rate.seconds(ofSamples: interval.range.start)),
                    String(format: "%.3f", proposal.rate.seconds(ofSamples: interval.range.end)),
                    interval.className.printable())
            }
            if !table.isEmpty { Console.line(table.text) }
        }
        Console.line(
            accept
                ? LabelResult.written(revision, to: edits)
                : "a proposal: --accept writes it into the edit file")
    }

    // MARK: Comparison

    private func compare(
        _ archive: LabeledArchive, _ entries: [RecordingArchive.Entry],
        _ detection: OnsetDetection
    ) throws {
        let tables = try against.map { try MovementTables(in: $0, for: entries, of: archive) }
        var comparison = OnsetResult(toleranceSeconds: tolerance / 1_000)
        for entry in entries {
            let found = try self.found(in: entry, of: archive, detection)
            let count = found.recording.sampleCount
            let rate = found.recording.samplingRate
            let known: [SampleRange]
            if let tables {
                known = try tables.movements(of: entry, found.recording, besides: rest)
            } else {
                let track = found.edited.metadata.labels
                let rest = rest ?? track?.firstClass
                known = rest.flatMap { track?.efforts(besides: $0).map(\.range) } ?? []
            }
            comparison.add(
                entry.id,
                OnsetComparison.compare(
                    found.movements, with: known, sampleCount: count, rate: rate))
        }
        guard comparison.onsets.knownCount > 0 else {
            throw ExperimentError(
                .missing("movements to compare with"), at: options.archive,
                hint: "the recordings need labels, or --against a folder of their tables")
        }
        Console.line(
            printsJSON
                ? JSONText.of(comparison.document(detection)) : comparison.text)
    }
}

/// Tables of events that say when movements really were.
private struct MovementTables {
    private var tables: [String: LabelTable] = [:]

    /// - Throws: `IngestError` for a table that cannot be read.
    init(
        in folder: String, for entries: [RecordingArchive.Entry], of archive: LabeledArchive
    ) throws {
        let names = try entries.map {
            let header = try archive.archive.readHeader($0)
            return (identity: header.identity, source: header.source.name)
        }
        for file in try LabelTableMatch.tables(in: URL(filePath: folder)) {
            if case .recording(let index) = LabelTableMatch.find(file, among: names) {
                tables[entries[index].id] = try LabelTable(contentsOf: file)
            }
        }
    }

    /// The movements of a recording; none when no table is about it.
    func movements(
        of entry: RecordingArchive.Entry, _ recording: Recording, besides rest: String?
    ) throws -> [SampleRange] {
        guard let table = tables[entry.id] else { return [] }
        let (proposal, _) = try LabelProposal.labels(
            of: table, for: RecordingHeader(recording), timeStamps: recording.timeStamps,
            replaces: false)
        return proposal.intervals.filter { $0.className != rest }.map(\.range)
    }
}
