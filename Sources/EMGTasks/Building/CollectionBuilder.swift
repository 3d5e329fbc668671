public import EMGArchive
private import EMGSignal
public import Foundation
private import Parallel

/// Builds a task collection, manifest and tensors, from a recording archive.
///
/// ```swift
/// let builder = CollectionBuilder(configuration: configuration)
/// let report = try builder.build(
///     from: RecordingArchive(folder: archive), to: URL(filePath: "study.json"))
/// ```
///
/// Recordings are divided first, from their labels alone; then they are read, normalized on their
/// own support and written, a few at a time, so that memory does not grow with the archive. The
/// bytes written depend on archive and configuration only, not on the number of threads.
public struct CollectionBuilder: Sendable {
    /// What the collection shall be.
    public let configuration: CollectionConfiguration

    /// Creates a builder.
    public init(configuration: CollectionConfiguration) {
        self.configuration = configuration
    }

    /// Builds the collection.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - manifestURL: Where the manifest goes, `NAME.json`; the tensors go beside it as
    ///     `NAME.h5`. Both are written whole or not at all.
    ///   - threads: How many recordings are prepared at once, at least 1.
    ///   - progress: Called with the number of tasks written and to be written.
    /// - Returns: The manifest, and which recordings were refused or left out.
    /// - Throws: ``TaskError`` when no collection can be made, `ArchiveError` when it cannot be
    ///   written. A single bad recording is refused in the report instead.
    public func build(
        from archive: RecordingArchive, to manifestURL: URL, threads: Int = 1,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> BuildReport {
        let name = manifestURL.deletingPathExtension().lastPathComponent
        let survey = try ArchiveSurvey(
            archive, configuration: configuration, subject: name, threads: threads)
        let assignment = try configuration.patients.assignment(
            of: Set(survey.drafts.map(\.header.identity.patient)), seed: configuration.seed,
            subject: name)
        let assigned = Set(assignment.train + assignment.validation + assignment.test)
        let drafts = survey.drafts.filter { assigned.contains($0.header.identity.patient) }
        guard !drafts.isEmpty else {
            throw TaskError(
                .emptySplit("train, validation or test"), subject: name,
                hint: "choose patients in \"splits\"")
        }

        var writer = try CollectionWriter(manifest: manifestURL)
        var entries: [CollectionManifest.Entry] = []
        var refused = survey.refused
        var warnings = survey.warnings
        for first in stride(from: 0, to: drafts.count, by: threads) {
            let group = drafts[first..<min(first + threads, drafts.count)]
            let prepared = concurrentMap(count: group.count, threads: threads) { index in
                Result { () throws(ArchiveError) in
                    try PreparedTask(
                        group[first + index], archive: archive,
                        method: configuration.normalization)
                }
            }
            for (draft, outcome) in zip(group, prepared) {
                switch outcome {
                case .failure(let error):
                    refused.append(
                        BuildReport.Refusal(subject: draft.entry.id, reason: error.description))
                case .success(let task):
                    let location = try writer.add(draft.header.identity, task.tensors)
                    entries.append(
                        task.entry(
                            of: draft, at: location, classes: survey.consensus.classNames.count))
                    warnings += task.warnings(of: draft, channels: survey.consensus.channels)
                }
            }
            progress(first + group.count, drafts.count)
        }
        guard !entries.isEmpty else {
            throw TaskError(
                .nothingToBuild, subject: name,
                hint: refused.last?.reason ?? "every recording was refused")
        }
        let manifest = try writer.finish { file in
            self.manifest(
                name: name, tensors: file, survey: survey, entries: entries,
                history: drafts[0].header.history,
                splits: Self.partition(of: entries, assignment: assignment))
        }
        return BuildReport(
            manifest: manifest, refused: refused, leftOut: survey.leftOut, warnings: warnings)
    }

    private func manifest(
        name: String, tensors: CollectionManifest.TensorFile, survey: ArchiveSurvey,
        entries: [CollectionManifest.Entry], history: [ProcessingStep],
        splits: CollectionManifest.Partition
    ) -> CollectionManifest {
        CollectionManifest(
            name: name, seed: configuration.seed, tensors: tensors,
            classes: survey.consensus.classNames, channels: survey.consensus.channels,
            samplingRate: survey.consensus.samplingRate,
            window: CollectionManifest.Window(
                length: survey.layout.length, stride: survey.layout.stride,
                labelRule: survey.layout.labelRule),
            normalization: CollectionManifest.Normalization(method: configuration.normalization),
            conditioning: Consensus.conditioningSteps(history),
            split: CollectionManifest.Split(
                rule: configuration.split.name, guardSamples: survey.guardSamples,
                parameters: configuration.splitParameters),
            tasks: entries, splits: splits, history: [configuration.step])
    }

    private static func partition(
        of entries: [CollectionManifest.Entry],
        assignment: (train: [String], validation: [String], test: [String])
    ) -> CollectionManifest.Partition {
        func ids(_ patients: [String]) -> [String] {
            let chosen = Set(patients)
            return entries.filter { chosen.contains($0.identity.patient) }.map(\.id)
        }
        return CollectionManifest.Partition(
            train: ids(assignment.train), validation: ids(assignment.validation),
            test: ids(assignment.test))
    }
}
