public import EMGArchive
public import EMGSignal
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
/// Recordings are divided first, from their labels alone; then one after another is read,
/// normalized on its own support and written, so that memory holds a few recordings whatever the
/// archive's size. The bytes written depend on archive and configuration only, not on the number
/// of threads.
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
    ///   - threads: How many recordings are prepared at once.
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
            of: Set(survey.drafts.map(\.outline.identity.patient)), seed: configuration.seed,
            subject: name)
        let partition = Self.partition(of: survey.drafts, assignment: assignment)
        let used = Set(partition.train + partition.validation + partition.test)
        let drafts = survey.drafts.filter { used.contains($0.outline.identity.id) }
        guard !drafts.isEmpty else {
            throw TaskError(
                .emptySplit("train, validation or test"), subject: name,
                hint: "choose patients in \"splits\"")
        }
        let written = try write(
            drafts, consensus: survey.consensus, beside: manifestURL, threads: threads,
            progress: progress)
        let manifest = CollectionManifest(
            name: name, seed: configuration.seed, tensors: written.file,
            classes: survey.consensus.classNames, channels: survey.consensus.channels,
            samplingRate: survey.consensus.samplingRate,
            window: CollectionManifest.Window(
                length: survey.layout.length, stride: survey.layout.stride,
                labelRule: survey.layout.labelRule),
            normalization: CollectionManifest.Normalization(method: configuration.normalization),
            conditioning: Consensus.conditioningSteps(drafts[0].outline.history),
            split: CollectionManifest.Split(
                rule: configuration.split.name, guardSamples: survey.guardSamples,
                parameters: configuration.split.parameters),
            tasks: written.entries, splits: partition,
            history: [configuration.step(guardSamples: survey.guardSamples)])
        try manifest.write(to: manifestURL)
        return BuildReport(
            manifest: manifest, refused: survey.refused + written.refused,
            leftOut: survey.leftOut, warnings: survey.warnings + written.warnings)
    }

    // MARK: - Parts

    private static func partition(
        of drafts: [TaskDraft],
        assignment: (train: [String], validation: [String], test: [String])
    ) -> CollectionManifest.Partition {
        func ids(_ patients: [String]) -> [String] {
            let chosen = Set(patients)
            return drafts.map(\.outline.identity).filter { chosen.contains($0.patient) }.map(\.id)
        }
        return CollectionManifest.Partition(
            train: ids(assignment.train), validation: ids(assignment.validation),
            test: ids(assignment.test))
    }
}
