import EMGArchive
import EMGSignal
import ErrorReports
import Foundation
import Parallel

/// Builds the collections of one survey: tensors that several of them share are made once.
struct CollectionAssembly {
    let configuration: CollectionConfiguration
    let archive: RecordingArchive
    let survey: ArchiveSurvey
    let threads: Int
    private var stored: [[String]: StoredTensors] = [:]

    /// What was made of a set of tasks.
    struct StoredTensors {
        let url: URL
        let file: CollectionManifest.TensorFile
        let entries: [CollectionManifest.Entry]
        let refused: [BuildReport.Refusal]
        let warnings: [String]
        let evidence: [SignalEvidence]
    }

    init(
        _ configuration: CollectionConfiguration, archive: RecordingArchive,
        survey: ArchiveSurvey, threads: Int
    ) {
        self.configuration = configuration
        self.archive = archive
        self.survey = survey
        self.threads = threads
    }

    /// Builds one collection.
    ///
    /// - Parameters:
    ///   - fold: Which task is for what.
    ///   - url: Where the manifest goes.
    ///   - isOfDesign: Whether the fold is one of a design.
    ///   - progress: Called with the number of tasks written and to be written.
    /// - Returns: What came of it.
    /// - Throws: ``TaskError`` when no task is left, `ArchiveError` when it cannot be written.
    mutating func build(
        _ fold: DesignFold, to url: URL, isOfDesign: Bool,
        progress: (_ done: Int, _ total: Int) -> Void
    ) throws -> BuildReport {
        let ids = fold.ids
        let drafts = survey.drafts(of: ids)
        guard let first = drafts.first else {
            throw TaskError(
                .emptySplit("train, validation or test"), subject: fold.name,
                hint: "choose patients in \"splits\"")
        }
        let key = drafts.map(\.header.identity.id)
        let made: StoredTensors
        let manifest: CollectionManifest
        func stated(
            _ file: CollectionManifest.TensorFile, _ entries: [CollectionManifest.Entry]
        ) -> CollectionManifest {
            self.manifest(
                fold, isOfDesign: isOfDesign, tensors: file, entries: entries,
                history: first.header.history)
        }
        if let present = stored[key] {
            made = present
            try SignalEvidence.check(made.evidence, splits: fold.splits)
            manifest = try CollectionWriter.write(sharing: made.url, to: url) { path in
                var file = made.file
                file.path = path
                return stated(file, made.entries)
            }
            progress(drafts.count, drafts.count)
        } else {
            (made, manifest) = try write(
                drafts, splits: fold.splits, to: url, stated: stated, progress: progress)
            stored[key] = made
        }
        return BuildReport(
            manifest: manifest, refused: survey.refused + made.refused,
            leftOut: survey.leftOut,
            warnings: survey.editWarnings + survey.advice + survey.warnings(about: ids)
                + made.warnings + (isOfDesign ? [] : manifest.emptySplitWarnings))
    }

    private func write(
        _ drafts: [TaskDraft], splits: [String: String], to url: URL,
        stated: (CollectionManifest.TensorFile, [CollectionManifest.Entry]) -> CollectionManifest,
        progress: (_ done: Int, _ total: Int) -> Void
    ) throws -> (StoredTensors, CollectionManifest) {
        var writer = try CollectionWriter(manifest: url, grid: configuration.channels.grid)
        var entries: [CollectionManifest.Entry] = []
        var refused: [BuildReport.Refusal] = []
        var warnings: [String] = []
        var evidence: [SignalEvidence] = []
        for first in stride(from: 0, to: drafts.count, by: threads) {
            let group = drafts[first..<min(first + threads, drafts.count)]
            let prepared = concurrentMap(count: group.count, threads: threads) { index in
                Result {
                    try PreparedTask.prepare(
                        group[first + index], archive: archive,
                        rule: configuration.normalization)
                }
            }
            for (draft, outcome) in zip(group, prepared) {
                switch outcome {
                case .failure(let error):
                    if MachineFault.behind(error) != nil { throw error }
                    refused.append(
                        BuildReport.Refusal(subject: draft.header.identity.id, error: error))
                case .success(let task):
                    let location = try writer.add(draft.header.identity, task.tensors)
                    entries.append(
                        task.entry(
                            of: draft, at: location, classes: survey.consensus.classNames.count))
                    evidence.append(task.evidence)
                    warnings += task.warnings(of: draft, channels: survey.consensus.channels)
                }
            }
            progress(first + group.count, drafts.count)
        }
        guard !entries.isEmpty else {
            throw TaskError(
                .nothingToBuild, subject: url.deletingPathExtension().lastPathComponent,
                hint: refused.last?.reason ?? "every recording was refused")
        }
        try SignalEvidence.check(evidence, splits: splits)
        let manifest = try writer.finish { stated($0, entries) }
        let made = StoredTensors(
            url: manifest.tensorsURL(manifest: url), file: manifest.tensors, entries: entries,
            refused: refused, warnings: warnings, evidence: evidence)
        return (made, manifest)
    }

    private func manifest(
        _ fold: DesignFold, isOfDesign: Bool, tensors: CollectionManifest.TensorFile,
        entries: [CollectionManifest.Entry], history: [ProcessingStep]
    ) -> CollectionManifest {
        func present(_ ids: [String]) -> [String] {
            let wanted = Set(ids)
            return entries.map(\.id).filter(wanted.contains)
        }
        var manifest = CollectionManifest(
            name: fold.name, seed: configuration.seed, tensors: tensors,
            classes: survey.consensus.classNames, channels: survey.consensus.channels,
            grid: configuration.channels.grid,
            samplingRate: survey.consensus.samplingRate,
            window: CollectionManifest.Window(
                length: survey.layout.length, stride: survey.layout.stride,
                labelRule: survey.layout.labelRule.manifestRule),
            normalization: CollectionManifest.Normalization(
                method: configuration.normalization.manifestRule),
            quality: configuration.quality,
            conditioning: history.conditioning,
            split: CollectionManifest.Split(
                rule: configuration.split.rule.name, guardSamples: survey.guardSamples,
                parameters: configuration.splitParameters),
            tasks: entries,
            splits: CollectionManifest.Partition(
                train: present(fold.train), validation: present(fold.validation),
                test: present(fold.test)),
            augmentation: configuration.augmentation.map(\.manifestEntry),
            targets: survey.consensus.targets,
            history: [
                configuration.step(fold: isOfDesign ? fold.name : nil, edits: survey.edits)
            ])
        manifest.variation = configuration.variation.map(\.manifestRule)
        return manifest
    }
}

extension CollectionManifest {
    /// What a collection without tasks to train on, or to test on, cannot do.
    fileprivate var emptySplitWarnings: [String] {
        var warnings: [String] = []
        if splits.train.isEmpty {
            warnings.append(
                "no task is for training: nothing can be learned from this collection; see "
                    + "\"splits.train\"")
        }
        if splits.test.isEmpty {
            warnings.append(
                "no task is for testing: nothing can be evaluated on this collection; \"splits\" "
                    + "says who is tested on, for example splits: {test: 2}")
        }
        return warnings
    }
}
