import ArgumentParser
import Documents
import EMGArchive
import EMGLabeling
import EMGSignal
import EMGTasks
import Foundation
import PrintableText

/// `myotask label paint`: one range of one recording.
struct LabelPaintCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "paint",
        abstract: "Give a range of a recording a class.",
        discussion: """
            A class that the recording does not have must be said to be --new, so that a misspelled name \
            does not become one. The class "unlabeled" takes a label away. Examples:
              myotask label paint archive p1/day1/111 --start 2.5 --end 4 --class open
              myotask label paint archive p1/day1/111 --start 500 --end 800 --unit samples \
            --class pinch --new
            """)

    @OptionGroup var options: LabelOptions

    @Argument(help: "The recording, such as p1/day1/111.")
    var recording: String?

    @Option(help: "Where the range begins, from the start of the recording.")
    var start: Double

    @Option(help: "Where it ends.")
    var end: Double

    @Option(help: "What the range is stated in: s, ms or samples.")
    var unit = RangeUnit.seconds

    @Option(name: .customLong("class"), help: "The class.")
    var className: String

    @Flag(help: "The recording gets the class when it does not have it.")
    var new = false

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    /// What a range is stated in.
    enum RangeUnit: String, CaseIterable, ExpressibleByArgument {
        case seconds = "s"
        case milliseconds = "ms"
        case samples
    }

    func run() throws {
        let archive = try options.open()
        let entries = try archive.entries(fitting: recording.map { [$0] } ?? [])
        guard let entry = entries.first, entries.count == 1 else {
            throw ValidationError(
                "one recording is painted, there are \(entries.count): name it, such as p1/day1/111"
            )
        }
        let rate = try archive.archive.readHeader(entry).samplingRate.hertz
        let scale =
            switch unit {
            case .seconds: rate
            case .milliseconds: rate / 1_000
            case .samples: 1.0
            }
        let (first, last) = ((start * scale).rounded(), (end * scale).rounded())
        guard first >= 0, last > first, last < 1e12 else {
            throw ValidationError("--end must be behind --start, which is at least 0")
        }
        let range = SampleRange(start: Int(first), end: Int(last))
        let earlier = try archive.store.current().journal.recordings[entry.id]?.relabelings ?? []
        // A class that was painted before stays one when that is undone.
        let isNew = new || earlier.contains { $0.className == className && $0.isNew }
        let revision = try archive.decide([
            LabeledArchive.Decision(
                entry: entry, actions: [.relabel(range, className: className, isNew: isNew)])
        ])
        let edits = archive.store.url
        guard printsJSON else {
            Console.line(
                "\(entry.id): samples \(range.start)–\(range.end) are \(className.printable())")
            return Console.line(LabelResult.written(revision, to: edits))
        }
        let proposal = LabelProposal(
            [LabeledRange(range, className: className)], origin: "myotask label paint")
        Console.line(
            JSONText.of(
                .object([
                    "edits": .string(edits.path(percentEncoded: false)),
                    "decisions": .integer(revision),
                    "recordings": .array([LabelResult.document(entry.id, proposal)]),
                ])))
    }
}
