import ArgumentParser
import Documents
import EMGArchive
import EMGFeatures
import EMGSignal
import EMGTasks
import ErrorReports
import Foundation
import PrintableText

/// `myotask window`: windows or features without a collection.
struct WindowCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "window",
        abstract: "Cut an archive into windows, or compute their features, as one table.",
        discussion: """
            The output is HDF5, .npy or .csv by its ending: each window with its recording, first \
            sample and label. Without --materialize or --features the windows stay views into the \
            archive. No window reaches across a gap, nor touches samples that are marked bad or \
            edges of filters longer than a window (--quality says otherwise), and samples that \
            nobody labeled are in none unless --unlabeled gives them the name of a class. Nothing \
            is normalized and nothing is split: \
            for support and query see "myotask build".

            With --shard, each of several processes writes a part beside the table \
            (NAME.03-of-16.h5), and myotask archive merge NAME.h5 puts them together; see \
            docs/cluster/shards.md.
            """)

    @Argument(help: "The archive's folder.", completion: .directory)
    var archive: String

    @Option(help: "Samples in a window.")
    var length: Int?

    @Option(help: "Milliseconds in a window.")
    var lengthMs: Double?

    @Option(help: "Samples from one window to the next.")
    var stride: Int?

    @Option(help: "Milliseconds from one window to the next.")
    var strideMs: Double?

    @Option(help: "Which label a window gets: last, center, majority or pure.")
    var labelRule = LabelRuleArgument()

    @Option(
        help: ArgumentHelp(
            "The class of samples that nobody labeled; without it they are in no window.",
            valueName: "name"))
    var unlabeled: String?

    @Option(
        help: ArgumentHelp(
            "Features, for example mav,rms,wl,zc:0.01,ssc,ar:4 (a threshold or order behind the "
                + "colon).", valueName: "list"))
    var features: String?

    @Flag(help: "Write the samples of each window.")
    var materialize = false

    @Option(
        help: ArgumentHelp(
            "What of the recordings' quality is in no window, as the member quality of a "
                + "collection's configuration: {exclude: [marked_bad, saturation]}.",
            valueName: "policy"))
    var quality: String?

    @Option(
        name: .shortAndLong, help: "The table: NAME.h5, NAME.npy or NAME.csv.",
        completion: .file())
    var output: String

    @OptionGroup var sharding: ShardOption
    @OptionGroup var launch: LaunchOptions

    @Flag(help: "With --launcher, print the scripts and commands; do nothing.")
    var dryRun = false

    @OptionGroup var format: JSONOption
    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { format.json }

    func validate() throws {
        guard (length == nil) != (lengthMs == nil), (stride == nil) != (strideMs == nil) else {
            throw ValidationError(
                "give --length or --length-ms, and --stride or --stride-ms: one of each")
        }
        for (name, value) in [("--length", length), ("--stride", stride)] {
            guard (1...1_000_000_000).contains(value ?? 1) else {
                throw ValidationError("\(name) must be from 1 to 1000000000")
            }
        }
        for (name, value) in [("--length-ms", lengthMs), ("--stride-ms", strideMs)] {
            guard (0.001...1e9).contains(value ?? 1) else {
                throw ValidationError("\(name) must be from 0.001 to 1000000000")
            }
        }
        try launch.exclude(shard: sharding.isStated)
        try launch.require(dryRun)
        if materialize, features != nil {
            throw ValidationError("--materialize and --features exclude each other")
        }
        guard ["h5", "hdf5", "npy", "csv"].contains(URL(filePath: output).pathExtension) else {
            throw ValidationError("--output must end in .h5, .npy or .csv")
        }
        _ = try content()
    }

    /// Hands the work to other processes.
    private func handOver() throws {
        let table = URL(filePath: output, directoryHint: .notDirectory)
        try Launch(
            options: launch, commandName: "window", output: table, isRecordedBeside: true,
            isDryRun: dryRun, isJSON: printsJSON
        ).go(
            .sharded(
                points: nil,
                collect: ["archive", "merge", Launch.path(of: table), "--remove-parts"]))
    }

    private func content() throws -> WindowSelection.Content {
        guard let features else { return materialize ? .samples : .starts }
        do {
            return .features(
                try FeatureList(
                    features, name: "--features", kinds: CommandContext.current.kinds))
        } catch let error as any ExplainedError {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        let selection = WindowSelection(
            length: length.map { .samples($0) } ?? .milliseconds(lengthMs ?? 0),
            stride: stride.map { .samples($0) } ?? .milliseconds(strideMs ?? 0),
            labelRule: labelRule.rule, content: try content(), unlabeledClass: unlabeled,
            quality: try quality.map { try QualityPolicy(option: $0) } ?? QualityPolicy())
        if launch.launcher != nil { return try handOver() }
        let report = try WindowTable(selection).write(
            RecordingArchive(folder: URL(filePath: archive, directoryHint: .isDirectory)),
            to: URL(filePath: output), shard: try sharding.part(), threads: parallelism.threads
        ) { done, total in
            Console.progress("\(done) of \(total, of: "recording")")
        }
        Console.endProgress()
        guard !printsJSON else {
            Console.line(JSONText.of(WindowResult(report).document))
            if !report.refused.isEmpty { throw ExitStatus.refused }
            return
        }
        if !report.warned.isEmpty {
            Console.warning("windows contain \(report.warned.text); see --quality")
        }
        for refusal in report.refused { Console.problem("refused: \(refusal.reason)") }
        Console.line(
            "\(report.file.relativePath): \(report.windowCount, of: "window") of "
                + (report.recordings.count == report.tableRecordings
                    ? "" : "\(report.recordings.count) of ")
                + "\(report.tableRecordings, of: "recording"), "
                + "classes \(report.classes.joined(separator: ", "))"
                + (report.leftOut.isEmpty ? "" : "; windows left out: \(report.leftOut.text)")
                + (report.unlabeled.samples == 0
                    ? ""
                    : "; left out, as nobody labeled them: "
                        + "\(report.unlabeled.windows, of: "window") "
                        + "(--unlabeled NAME makes a class of them)")
                + (report.refused.isEmpty ? "" : "; refused: \(report.refused.count)"))
        if !report.refused.isEmpty { throw ExitStatus.refused }
    }
}

/// A label rule by its name, or with its settings in YAML: `{quorum: {share: 0.8}}`.
struct LabelRuleArgument: ExpressibleByArgument {
    let rule: any LabelRule

    init() { rule = .last }

    init?(argument: String) {
        guard var document = try? Document(yaml: argument.utf8, name: "--label-rule") else {
            return nil
        }
        document.kinds = CommandContext.current.kinds
        // The parser says which names there are.
        guard let rule = try? FieldFormat.labelRule.read(document.cursor) else { return nil }
        self.rule = rule
    }

    var defaultValueDescription: String { rule.name }

    static var allValueStrings: [String] {
        CommandContext.current.kinds.all(Registry<any LabelRule>.standard).names
    }
}

extension QualityPolicy {
    /// Reads the policy from an option; it may be written as the line of a configuration.
    fileprivate init(option text: String) throws {
        let name = "--quality"
        let document = try Document(yaml: text.utf8, name: name)
        guard let member = try document.cursor.object().optional("quality") else {
            try self.init(document.cursor)
            return
        }
        try self.init(member)
    }
}
