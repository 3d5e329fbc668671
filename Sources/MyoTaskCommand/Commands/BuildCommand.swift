import ArgumentParser
import Documents
import EMGArchive
import EMGBatch
import EMGSignal
import EMGTasks
import Experiments
import Files
import Foundation
import PrintableText

/// `myotask build`: an archive into a task collection.
struct BuildCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a task collection, support and query, from an archive.",
        discussion: """
            The configuration is a YAML file (schemas/collection.schema.json). The collection is a \
            manifest NAME.json and tensors NAME.h5, the same bytes for the same inputs. A \
            configuration with a design gives several collections, each in a folder of its own \
            below the output. A recording that cannot become a task is reported and the rest is \
            built; the exit status is 1 then. Samples that nobody labeled are in no window unless \
            "classes" gives them the name of a class. Two splits with the same signal are refused.
            """)

    @Argument(help: "The archive's folder.", completion: .directory)
    var archive: String

    @Argument(
        help: ArgumentHelp(
            "Settings in place of the configuration's, as window.length=60.",
            valueName: "key.path=value"))
    var overrides: [String] = []

    @Option(name: .shortAndLong, help: "The configuration's file.", completion: .file())
    var config: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The collection, with or without .json: NAME.json and NAME.h5 are written. The folder "
                + "of the collections when the configuration has a design."),
        completion: .file())
    var output: String?

    @Flag(help: "Print the settings with their defaults and where each comes from; do nothing.")
    var printConfig = false

    @Option(
        help: ArgumentHelp(
            "An edit file of \"myotask review\": approved recordings become tasks, with labels, "
                + "ranges and channels as edited. Takes the place of the configuration's.",
            valueName: "file"), completion: .file())
    var edits: String?

    @Flag(help: "Replace a collection that is there.")
    var force = false

    @OptionGroup var format: JSONOption
    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { format.json }

    func validate() throws {
        if output == nil, !printConfig { throw ValidationError("--output is needed") }
    }

    func run() throws {
        let document = try SettingsDocument.read(
            URL(filePath: config), overrides: overrides, kinds: CommandContext.current.kinds)
        var configuration = try CollectionConfiguration(document.cursor)
        guard let output, !printConfig else {
            let text = try ResolvedSettings.yaml(ofCollection: document)
            return Console.line(String(text.dropLast()))
        }
        if let edits {
            configuration.edits = EditSelection(
                file: URL(filePath: edits), take: configuration.edits?.take ?? .approved)
        }
        let builder = CollectionBuilder(configuration: configuration)
        let recordings = RecordingArchive(
            folder: URL(filePath: archive, directoryHint: .isDirectory))
        guard configuration.design == nil else {
            try refuseToReplace(URL(filePath: output, directoryHint: .isDirectory))
            let reports = try builder.buildDesign(
                from: recordings, into: URL(filePath: output, directoryHint: .isDirectory),
                threads: parallelism.threads
            ) { done, total in
                Console.progress("\(done) of \(total, of: "collection")")
            }
            Console.endProgress()
            guard !printsJSON else {
                Console.line(JSONText.of(BuildResult(reports).document))
                if reports.contains(where: { !$0.refused.isEmpty }) { throw ExitStatus.refused }
                return
            }
            return try show(reports, in: output)
        }
        let manifestURL =
            output.hasSuffix(".json")
            ? URL(filePath: output) : URL(filePath: output).appendingPathExtension("json")
        try refuseToReplace(manifestURL)
        let report = try builder.build(
            from: recordings, to: manifestURL, threads: parallelism.threads)
        if printsJSON {
            Console.line(JSONText.of(BuildResult([report], file: manifestURL).document))
        } else {
            FaultOutput.warn(report.warnings)
            FaultOutput.warn(report.manifest.warnings.map(\.description))
            FaultOutput.refuse(report.refused.map(\.note), as: "refused")
            show(report, at: manifestURL)
        }
        if !report.refused.isEmpty { throw ExitStatus.refused }
    }

    /// What is there may be what somebody trained on.
    private func refuseToReplace(_ url: URL) throws {
        guard !force, FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
        else { return }
        let isFolder = Folder.exists(at: url)
        if isFolder, try Folder.names(in: url).isEmpty { return }
        throw ExperimentError(
            .invalid(
                expected: "an output that is not there yet",
                found: isFolder ? "a folder with files in it" : "a file"),
            at: url.relativePath, hint: "give --force to replace it, or another --output")
    }

    /// What concerns several collections is said once.
    private func show(_ reports: [BuildReport], in output: String) throws {
        var said: Set<String> = []
        FaultOutput.warn(
            reports.flatMap { $0.warnings + $0.manifest.warnings.map(\.description) }
                .filter { said.insert($0).inserted })
        let refusals = reports.flatMap(\.refused).filter { said.insert($0.reason).inserted }
        FaultOutput.refuse(refusals.map(\.note), as: "refused")
        let refused = refusals.count
        let leftOut = reports.map { $0.manifest.tasks.map(\.windowsLeftOut).summed }
        let isComplete = leftOut.allSatisfy(\.isEmpty)
        var table = TextTable(
            ["collection", ">train", ">validation", ">test", "patients tested"]
                + (isComplete ? [] : ["windows left out"]), longest: TextTable.mostTasks)
        for (report, leftOut) in zip(reports, leftOut) {
            let splits = report.manifest.splits
            let tested = Set(splits.test)
            let patients = Set(
                report.manifest.tasks.filter { tested.contains($0.id) }.map(\.identity.patient))
            table.add(
                [
                    report.manifest.name, "\(splits.train.count)", "\(splits.validation.count)",
                    "\(splits.test.count)",
                    patients.sorted(by: NaturalOrder.precedes).joined(separator: ", "),
                ] + (isComplete ? [] : [leftOut.text]))
        }
        Console.line(table.text)
        Console.line(
            "\(output): \(reports.count, of: "collection")"
                + (refused == 0 ? "" : "; recordings refused: \(refused)"))
        if refused > 0 { throw ExitStatus.refused }
    }

    private func show(_ report: BuildReport, at url: URL) {
        let manifest = report.manifest
        let unlabeled = manifest.tasks.compactMap(\.unlabeled)
        let leftOut = manifest.tasks.map(\.windowsLeftOut)
        let isComplete = leftOut.allSatisfy(\.isEmpty)
        var head = ["task", "split", ">support", ">query"]
        if !unlabeled.isEmpty { head.append(">no label") }
        head.append("windows of each class")
        var table = TextTable(
            head + (isComplete ? [] : ["left out"]), longest: TextTable.mostTasks)
        let splits = manifest.splits.names
        for (task, leftOut) in zip(manifest.tasks, leftOut) {
            let split = splits[task.id]
            let counts = zip(
                manifest.classes,
                zip(
                    task.support.windowsPerClass, task.query.windowsPerClass))
            var cells = [task.id, split, "\(task.support.windows)", "\(task.query.windows)"]
            if !unlabeled.isEmpty { cells.append("\(task.unlabeled?.windows ?? 0)") }
            table.add(
                cells + [counts.map { "\($0) \($1.0)+\($1.1)" }.joined(separator: ", ")]
                    + (isComplete ? [] : [leftOut.text]))
        }
        Console.line(table.text)
        if !unlabeled.isEmpty {
            let samples = unlabeled.reduce(0) { $0 + $1.samples }
            Console.line(
                "left out, as nobody labeled them: "
                    + "\(unlabeled.reduce(0) { $0 + $1.windows }, of: "window"), "
                    + "\(samples, of: "sample") of \(unlabeled.count, of: "task"); "
                    + "classes: {rename: {unlabeled: NAME}} makes a class of them")
        }
        Console.line(
            "\(url.relativePath): \(manifest.tasks.count, of: "task") "
                + "(\(manifest.splits.train.count) "
                + "train, \(manifest.splits.validation.count) validation, "
                + "\(manifest.splits.test.count) test), windows of "
                + "\(manifest.window.length, of: "sample"), guard \(manifest.split.guardSamples)"
                + (isComplete ? "" : "; windows left out: \(leftOut.summed.text)")
                + (report.leftOut.isEmpty
                    ? "" : "; left out as configured: \(report.leftOut.count)")
                + (report.refused.isEmpty ? "" : "; refused: \(report.refused.count)"))
    }
}

extension BuildReport.Refusal {
    /// The refusal as it is printed.
    fileprivate var note: FaultGroup.Note { FaultGroup.Note(subject: subject, text: reason) }
}
