import ArgumentParser
import Decoding
import Documents
import EMGTasks
import Foundation
import Statistics

/// `myotask adapt`: a decoder for a new person or day.
struct AdaptCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "adapt",
        abstract: "Adapt a decoder to a new person or day by a short labeled recording.",
        discussion: """
            The normalization is fitted to the person first, without labels; then the model is \
            adapted as it was made to be. A part of the recording that was held out decides: the \
            adapted parameters are taken only if they are better on it than the old ones, and are \
            then fitted to all of the support. Labels that look wrong are refused. A decoder by a prior \
            over people infers classes that were not shown from those that were: one is enough.

            Which part of a recording is adapted to is said as for "myotask build": its first cycle \
            of cues, unless an option says otherwise. Exit status: 0 the adapted decoder is written; \
            1 it was refused and nothing is written. See docs/decoding/adapt.md.
            """)

    @Argument(help: "The decoder, NAME.myodec.", completion: .file())
    var bundle: String

    @Argument(
        help: "Files of recordings of one person, of an archive (NAME.h5), with labels.",
        completion: .file())
    var recordings: [String]

    @Option(name: .shortAndLong, help: "The adapted decoder, NAME.myodec.", completion: .file())
    var output: String?

    @Option(help: "Adapt to the first seconds of each recording.")
    var supportSeconds: Double?

    @Option(help: "Adapt to the first repetitions of each class.")
    var supportRepetitions: Int?

    @Option(help: "Adapt to so many cycles of cues.")
    var supportCycles: Int?

    @Option(
        help: ArgumentHelp(
            "The classes of one cycle in order, separated by commas; relax,open,relax,close,relax "
                + "when left out.", valueName: "names"))
    var cues: String?

    @Flag(help: "Adapt to all of each recording.")
    var whole = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A collection's configuration, whose split and window.transition_trim are taken.",
            valueName: "file"), completion: .file())
    var config: String?

    @Flag(help: "Write the adapted decoder even if it is not better.")
    var force = false

    @Flag(help: "Evaluate, and write nothing.")
    var dryRun = false

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func validate() throws {
        if output == nil, !dryRun { throw ValidationError("--output or --dry-run is needed") }
        let rules: [(name: String, isGiven: Bool)] = [
            ("--support-seconds", supportSeconds != nil),
            ("--support-repetitions", supportRepetitions != nil),
            ("--support-cycles or --cues", supportCycles != nil || cues != nil),
            ("--whole", whole), ("--config", config != nil),
        ]
        let given = rules.filter(\.isGiven).map(\.name)
        if given.count > 1 {
            throw ValidationError("\(given[0]) and \(given[1]) exclude each other")
        }
    }

    func run() throws {
        if let output, !dryRun, FileManager.default.fileExists(atPath: output) {
            throw DecodingError(
                .alreadyExists, at: output, hint: "name a file that is not there yet")
        }
        let kinds = CommandContext.current.kinds
        let rule = try supportRule()
        let adaptation = try BundleAdaptation(
            of: DecoderBundle(contentsOf: URL(filePath: bundle), kinds: kinds),
            to: recordings.map { URL(filePath: $0) }, split: rule.split,
            transitionTrim: rule.transitionTrim, kinds: kinds)
        let report = adaptation.evaluate()
        let isTaken = report.isTaken || force
        var written: String?
        if let output, isTaken, !dryRun {
            try adaptation.adapted(report).write(to: URL(filePath: output))
            written = output
        }
        show(report, written: written)
        if !isTaken { throw ExitStatus.refused }
    }

    // MARK: Which part is adapted to

    private func supportRule() throws(DocumentError) -> (
        split: SplitSettings, transitionTrim: SampleDuration
    ) {
        if let config {
            let settings = try CollectionConfiguration(
                CommandContext.current.document(at: config).cursor)
            return (settings.split, settings.window.transitionTrim)
        }
        var members: KeyValuePairs<String, DocumentValue?> = [
            "rule": .string("first_cycle"), "cycles": supportCycles.map { .integer($0) },
            "cues": cues.map { .strings($0.split(separator: ",").map(String.init)) },
        ]
        if let supportSeconds {
            members = ["rule": .string("seconds"), "seconds": .number(supportSeconds)]
        } else if let supportRepetitions {
            members = [
                "rule": .string("repetitions"), "repetitions": .integer(supportRepetitions),
            ]
        } else if whole {
            members = ["rule": .string("whole")]
        }
        let document = Document(
            name: "the options", root: .object(known: members),
            kinds: CommandContext.current.kinds)
        return (try SplitSettings.format.read(document.cursor), .samples(0))
    }

    // MARK: What came of it

    private func show(_ report: AdaptationReport, written: String?) {
        guard !printsJSON else {
            guard case .object(let members) = report.document.content else { return }
            return Console.line(
                JSONText.of(
                    .object(
                        members + [
                            DocumentValue.Member(
                                key: "bundle",
                                value: written.map { .string($0) } ?? DocumentValue(.null))
                        ])))
        }
        let counts = report.windowsOfClass.map { "\($0.name) \($0.count)" }
        Console.line(
            "\(report.id): support of \(report.windowsOfClass.reduce(0) { $0 + $1.count }) windows ("
                + counts.joined(separator: ", ") + ")")
        var table = TextTable("decoder", ">balanced accuracy", "95 %", ">right", ">of windows")
        for (name, score) in [
            ("as it was", report.before), ("normalized anew", report.normalized),
            ("adapted", report.adapted),
        ] {
            guard let score else { continue }
            table.add(
                name, CompactNumber.share(score.balancedAccuracy),
                "\(CompactNumber.share(score.interval.lowerBound)) to "
                    + CompactNumber.share(score.interval.upperBound), "\(score.right)",
                "\(score.count)")
        }
        if !table.isEmpty {
            Console.line("held out: \(report.heldOut)")
            Console.line(table.text)
            if let sentence = report.sentenceAboutClassesNotShown { Console.line(sentence) }
        }
        if report.isTaken || !force { Console.line(report.sentence) }
        if force, !report.isTaken { Console.warning(report.sentence) }
        if let written {
            Console.line("\(written): the adapted decoder")
        } else if !report.isTaken {
            Console.problem("refused: the decoder stays as it is, and nothing is written")
        }
    }
}
