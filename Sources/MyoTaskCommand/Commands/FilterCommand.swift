import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import EMGFilters
import Figures
import Foundation
import PrintableText
import Sharding

/// `myotask filter`: a conditioning pipeline over an archive.
struct FilterCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Band-pass, notch, rectify and smooth the recordings of an archive.",
        discussion: """
            The pipeline is a YAML file (schemas/pipeline.schema.json) or the chain of a toolkit \
            (--preset; --list-presets lists them). The result is another archive; what was done, \
            with true cut-offs and orders, is in each recording's history. Before anything is \
            removed, mains hum is looked for and reported. A cut-off that the effective sampling \
            rate of a recording cannot hold is refused, with the reason; the others go on.

            With --shard, several processes filter one archive; see myotask archive and \
            docs/cluster/shards.md.

            See docs/filters/command.md.
            """)

    @Argument(help: "The archive's folder.", completion: .directory)
    var archive: String?

    @Option(name: .shortAndLong, help: "The pipeline's file.", completion: .file())
    var pipeline: String?

    @Option(
        help: ArgumentHelp("A toolkit's own chain instead of a pipeline.", valueName: "name"),
        completion: .list(ConditioningPreset.allCases.map(\.name)))
    var preset: String?

    @Flag(help: "List the presets and what each does.")
    var listPresets = false

    @Option(
        name: .shortAndLong, help: "The folder of the conditioned archive.",
        completion: .directory)
    var output: String?

    @Flag(
        help: ArgumentHelp(
            "Print the designed chain and its cost for each kind of recording, and write no "
                + "recording."))
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Draw the frequency response and a recording before and after, into a file ending in "
                + ".svg, .png or .pdf.", valueName: "file"),
        completion: .file(extensions: FigureFormat.allCases.map(\.rawValue)))
    var plot: String?

    @Option(
        help: ArgumentHelp(
            "Which recording to draw, as patient/session/condition[-run]; the first one when left "
                + "out.", valueName: "id"))
    var plotRecording: String?

    @OptionGroup var sharding: ShardOption
    @OptionGroup var launch: LaunchOptions
    @OptionGroup var format: JSONOption
    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { format.json }

    func validate() throws {
        if listPresets { return }
        if sharding.isStated, output == nil || dryRun {
            throw ValidationError(
                "--shard divides what is written: it needs --output, and goes "
                    + "without --dry-run")
        }
        try launch.exclude(shard: sharding.isStated)
        if launch.launcher != nil, output == nil || plot != nil {
            throw ValidationError(
                "--launcher divides what is written: it needs --output, and goes without --plot")
        }
        if archive == nil { throw ValidationError("Missing expected argument '<archive>'") }
        switch (pipeline, preset) {
        case (nil, nil): throw ValidationError("--pipeline or --preset is needed")
        case (_?, _?): throw ValidationError("--pipeline and --preset exclude each other")
        case (nil, let name?):
            guard ConditioningPreset(rawValue: name) == nil else { break }
            throw ValidationError(
                "there is no preset \(name.debugDescription): "
                    + Spelling.suggestion(for: name, among: ConditioningPreset.allCases.map(\.name))
            )
        case (_?, nil): break
        }
        if output == nil, !dryRun, plot == nil {
            throw ValidationError("--output, --dry-run or --plot is needed")
        }
        if plotRecording != nil, plot == nil {
            throw ValidationError("--plot-recording needs --plot")
        }
        if let plot {
            do throws(FigureError) {
                _ = try FigureFormat(pathExtension: URL(filePath: plot).pathExtension)
            } catch {
                throw ValidationError("--plot: \(error)")
            }
        }
    }

    func run() throws {
        guard let archive, !listPresets else {
            guard printsJSON else { return Console.line(Self.presetTable) }
            let presets = ConditioningPreset.allCases.map { preset in
                DocumentValue.object([
                    "name": .string(preset.name), "toolkit": .string(preset.toolkit),
                    "chain": .string(preset.summary),
                ])
            }
            return Console.line(JSONText.of(.object(["presets": .array(presets)])))
        }
        let pipeline = try conditioning()
        if launch.launcher != nil, let output { return try handOver(to: output) }
        let source = RecordingArchive(folder: URL(filePath: archive, directoryHint: .isDirectory))
        var isRefused = false
        if dryRun {
            let description = try FilterDescription(
                pipeline, of: source, threads: parallelism.threads)
            isRefused = try description.show(asJSON: printsJSON)
        }
        let part = output == nil || dryRun ? nil : try sharding.part()
        // One drawing is enough.
        if let plot, part?.isFirst ?? true {
            // The drawing first: what it shows may be a reason to stop.
            let drawing = FilterPlot(
                pipeline: pipeline, archive: source, recording: plotRecording,
                threads: parallelism.threads)
            do {
                try drawing.figure().write(to: URL(filePath: plot))
                Console.note("\(plot): drawn")
            } catch  where Failure.isExpected(error) {
                Console.problem("refused: \(error)")
                isRefused = true
            }
        }
        if let output, !dryRun {
            try condition(source, with: pipeline, into: output, shard: part)
        }
        if isRefused { throw ExitStatus.refused }
    }

    /// Hands the work to other processes.
    private func handOver(to output: String) throws {
        let folder = URL(filePath: output, directoryHint: .isDirectory)
        try Launch(
            options: launch, commandName: "filter", output: folder, isDryRun: dryRun,
            isJSON: printsJSON
        ).go(.sharded(points: nil, collect: ["archive", "merge", Launch.path(of: folder)]))
    }

    private func conditioning() throws -> ConditioningPipeline {
        if let preset, let chain = ConditioningPreset(rawValue: preset) { return chain.pipeline }
        return try ConditioningPipeline(
            CommandContext.current.document(at: pipeline ?? "").cursor)
    }

    private func condition(
        _ source: RecordingArchive, with pipeline: ConditioningPipeline, into output: String,
        shard: Shard?
    ) throws {
        var conditioning = ArchiveConditioning(
            archive: source,
            output: RecordingArchive(folder: URL(filePath: output, directoryHint: .isDirectory)),
            pipeline: pipeline, threads: parallelism.threads)
        conditioning.shard = shard
        let before = try Self.ids(in: conditioning.output)
        let terminal = BatchOutput(verb: "filtered", isJSON: printsJSON)
        var hum = HumOutput()
        let report = try conditioning.run {
            terminal.show($0)
        } finding: {
            hum.show($0)
        }
        hum.finish()
        let replaced = report.items.filter { $0.outcome == .written }.map(\.input)
            .filter(before.contains)
        if let first = replaced.first {
            Console.note(
                "\(output): \(replaced.count, of: "recording was", plural: "recordings were") there "
                    + "already and replaced"
                    + (replaced.count > 1 ? ", first \(first)" : ": \(first)"))
        }
        try terminal.finish(report, at: output)
    }

    /// The recordings of an archive that may not be there yet.
    private static func ids(in archive: RecordingArchive) throws -> Set<String> {
        let path = archive.folder.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return Set(try archive.recordings().map(\.id))
    }

    private static var presetTable: String {
        var table = TextTable("preset", "toolkit", "chain")
        for preset in ConditioningPreset.allCases {
            table.add(preset.name, preset.toolkit, preset.summary)
        }
        return table.text
    }
}

/// What is found of mains hum, recording by recording: those with hum each in a line, the others
/// counted.
struct HumOutput {
    private var quietCount = 0
    private var unknownCount = 0

    mutating func show(_ finding: ConditioningHum) {
        guard finding.isPresent else {
            if finding.lines == nil { unknownCount += 1 } else { quietCount += 1 }
            return
        }
        Console.endProgress()
        if finding.isLeft {
            Console.warning(finding.description)
        } else {
            Console.note(finding.description)
        }
    }

    func finish() {
        if quietCount > 0 {
            Console.note("no mains hum stands out in \(quietCount, of: "recording")")
        }
        if unknownCount > 0 {
            Console.note(
                "whether there is mains hum cannot be determined in "
                    + "\(unknownCount, of: "recording") (too short, or samples that are held)")
        }
    }
}
