private import Digests
internal import Documents
private import EMGArchive
private import EMGBatch
private import EMGFilters
private import EMGIngest
private import EMGSignal
private import EMGTasks
private import Files
internal import Foundation
import PrintableText

/// The steps that lead to the collections of one combination of values.
struct DataVariant {
    /// The steps in order.
    let steps: [DataStep]
    /// The folder of the collections.
    let collections: URL
    /// Whether there are several, each in a folder of its own.
    let isDesign: Bool
    /// Whether the last step is a benchmark, which leaves no collection.
    let isBenchmark: Bool

    /// Plans the steps.
    ///
    /// - Parameters:
    ///   - experiment: The experiment.
    ///   - parts: Its parts at one combination of values.
    ///   - place: Where the work is done and how.
    /// - Throws: `DocumentError` and others for wrong settings, before anything is done.
    init(
        _ experiment: Experiment, parts: [String: Experiment.Part], place: PipelineWorkspace
    ) throws {
        var steps: [DataStep] = []
        var archive = experiment.archive
        if let part = parts["convert"] {
            let step = try Self.convert(part, place)
            steps.append(step)
            archive = step.output
        }
        guard let archive else { preconditionFailure("an experiment has recordings") }
        var recordings = archive
        if let part = parts["filter"] {
            let name = Self.name("conditioned", [part], varies: experiment.varies("filter"))
            let step = try Self.filter(part, name: name, from: archive, place)
            steps.append(step)
            recordings = step.output
        }
        if let part = parts["benchmark"] {
            steps.append(try Self.benchmark(part, from: recordings, place))
            collections = place.folder
            (isDesign, isBenchmark) = (false, true)
            self.steps = steps
            return
        }
        guard let part = parts["build"] else { preconditionFailure("an experiment has a build") }
        let name = Self.name(
            "collection", [parts["filter"], part].compactMap(\.self),
            varies: experiment.varies("filter") || experiment.varies("build"))
        let configuration = try CollectionConfiguration(part.cursor)
        isDesign = configuration.design != nil
        isBenchmark = false
        steps.append(
            Self.build(
                configuration, part, name: name, called: experiment.name, from: recordings, place))
        collections = place.folder.appending(path: name, directoryHint: .isDirectory)
        self.steps = steps
    }

    /// The manifests that the last step has made, in order.
    func manifests() throws -> [URL] {
        if isBenchmark { return [] }
        let names = try Folder.names(in: collections).filter { !$0.hasPrefix(".") }
            .sorted(by: NaturalOrder.precedes)
        guard isDesign else {
            return names.filter { $0.hasSuffix(".json") }.map {
                collections.appending(path: $0, directoryHint: .notDirectory)
            }
        }
        return names.map {
            collections.appending(path: "\($0)/\($0).json", directoryHint: .notDirectory)
        }
    }

    /// A folder's name; when its settings vary, with the beginning of their digest.
    private static func name(
        _ name: String, _ parts: [Experiment.Part], varies: Bool
    ) -> String {
        guard varies else { return name }
        let text = parts.map { $0.document.root.json(.canonical) }.joined(separator: "\n")
        return "\(name)-\(SHA256.digest(of: Array(text.utf8)).prefix(8))"
    }

    /// Settings with the version that they are carried out by.
    private static func options(_ part: Experiment.Part, name: String) -> DocumentValue {
        options([:], and: [(name, part.document.root)])
    }

    /// Texts, and values, with the version that they are carried out by.
    static func options(
        _ texts: [String: String], and values: [(String, DocumentValue)] = []
    ) -> DocumentValue {
        let all = texts.merging(["software": SoftwareVersion.text]) { own, _ in own }
        return .object(
            values.map { .init(key: $0.0, value: $0.1) }
                + all.sorted { $0.key < $1.key }.map {
                    .init(key: $0.key, value: .string($0.value))
                })
    }

    // MARK: Steps

    private static func convert(
        _ part: Experiment.Part, _ place: PipelineWorkspace
    ) throws -> DataStep {
        let settings = try ConvertSettings.read(part.cursor)
        let output = place.folder.appending(path: "archive", directoryHint: .isDirectory)
        return DataStep(
            name: "archive", verb: "convert", options: options(part, name: "convert"),
            inputs: settings.inputs + (settings.templateFile.map { [$0] } ?? []), output: output,
            isIncremental: true
        ) { target, show in
            let archive = RecordingArchive(folder: target)
            var conversion = ArchiveConversion(
                inputs: settings.inputs, archive: archive, options: settings.options,
                registry: place.readers, threads: place.threads)
            conversion.worker = place.worker?(settings, target)
            let report = try conversion.run { show(.progress($0, verb: "converted")) }
            // A recording whose source is gone must not stay.
            let made = Set(report.items.flatMap(\.recordings))
            for entry in try archive.recordings() where !made.contains(entry.id) {
                try FileManager.default.removeItem(at: entry.url)
            }
            return try tell(report, "converted", show)
        }
    }

    private static func filter(
        _ part: Experiment.Part, name: String, from archive: URL, _ place: PipelineWorkspace
    ) throws -> DataStep {
        let pipeline = try ConditioningPipeline(part.cursor)
        return DataStep(
            name: name, verb: "filter", options: options(part, name: "filter"), inputs: [archive],
            output: place.folder.appending(path: name, directoryHint: .isDirectory),
            isIncremental: false
        ) { target, show in
            let report = try ArchiveConditioning(
                archive: RecordingArchive(folder: archive),
                output: RecordingArchive(folder: target), pipeline: pipeline,
                threads: place.threads
            ).run {
                show(.progress($0, verb: "filtered"))
            } finding: { hum in
                if hum.isPresent, hum.isLeft { show(.warning("\(hum)")) }
            }
            return try tell(report, "filtered", show)
        }
    }

    private static func build(
        _ configuration: CollectionConfiguration, _ part: Experiment.Part, name: String,
        called title: String, from archive: URL, _ place: PipelineWorkspace
    ) -> DataStep {
        DataStep(
            name: name, verb: "build", options: options(part, name: "build"), inputs: [archive],
            output: place.folder.appending(path: name, directoryHint: .isDirectory),
            isIncremental: false
        ) { target, show in
            let builder = CollectionBuilder(configuration: configuration)
            let recordings = RecordingArchive(folder: archive)
            let reports =
                configuration.design == nil
                ? [
                    try builder.build(
                        from: recordings,
                        to: target.appending(path: "\(title).json", directoryHint: .notDirectory),
                        threads: place.threads)
                ]
                : try builder.buildDesign(from: recordings, into: target, threads: place.threads)
            // What concerns several collections is said once.
            var said: Set<String> = []
            for text in reports.flatMap({ $0.warnings + $0.manifest.warnings.map(\.description) })
            where said.insert(text).inserted {
                show(.warning(text))
            }
            var refused: [String] = []
            for refusal in reports.flatMap(\.refused) where said.insert(refusal.reason).inserted {
                refused.append(refusal.reason)
                show(.refused(refusal.reason))
            }
            let tasks = reports.map { $0.manifest.tasks.count }.max() ?? 0
            let count = reports.count
            show(
                .done(
                    step: name,
                    summary: "\(count, of: "collection") of \(tasks, of: "task")"))
            return refused
        }
    }

    /// Shows what a batch refused and warned of.
    private static func tell(
        _ report: BatchReport, _ verb: String, _ show: (PipelineEvent) -> Void
    ) throws -> [String] {
        for group in FaultGroup.groups(of: report.notes, by: .sameButNumbers) {
            show(.warning("\(group)"))
        }
        let refused = report.refusals.map(\.text)
        for group in FaultGroup.groups(of: report.refusals) { show(.refused("\(group)")) }
        guard report.writtenCount + report.upToDateCount > 0 else {
            throw ExperimentError(
                .emptyResult(reason: "no recording could be \(verb)"), at: "the experiment",
                hint: "check the paths of the recordings and what is said above about them")
        }
        show(
            .done(
                step: verb,
                summary: "\(report.writtenCount) \(verb), \(report.upToDateCount) up to date, "
                    + "\(refused.count) refused"))
        return refused
    }
}
