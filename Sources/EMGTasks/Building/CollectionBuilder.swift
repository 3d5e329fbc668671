public import EMGArchive
private import EMGSignal
public import Foundation

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
    /// What the collection should be.
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
    /// - Throws: ``TaskError`` when no collection can be made or two splits hold the same signal,
    ///   `ArchiveError` when it cannot be written. A single bad recording is refused in the report instead.
    public func build(
        from archive: RecordingArchive, to manifestURL: URL, threads: Int = 1,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> BuildReport {
        precondition(configuration.design == nil, "a design has several collections")
        let name = manifestURL.deletingPathExtension().lastPathComponent
        let survey = try ArchiveSurvey.survey(
            archive, configuration: configuration, subject: name, threads: threads)
        let assignment = try survey.assignment(configuration, subject: name)
        func ids(_ patients: [String]) -> [String] {
            let chosen = Set(patients)
            return survey.drafts.map(\.header.identity).filter { chosen.contains($0.patient) }
                .map(\.id)
        }
        var assembly = CollectionAssembly(
            configuration, archive: archive, survey: survey, threads: threads)
        return try assembly.build(
            DesignFold(
                name: name, train: ids(assignment.train), validation: ids(assignment.validation),
                test: ids(assignment.test)),
            to: manifestURL, isOfDesign: false, progress: progress)
    }

    /// Builds the collections of the configuration's design, each in a folder of its own with the
    /// collection's name: `FOLDER/NAME/NAME.json` and `NAME.h5`.
    ///
    /// Collections of the same tasks share the bytes of their tensors on disks that can.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - folder: Where the collections go; named after nothing in it.
    ///   - threads: How many recordings are prepared at once, at least 1.
    ///   - progress: Called with the number of collections written and to be written.
    /// - Returns: A report for each collection, in the order of the design.
    /// - Throws: ``TaskError`` when the design cannot be laid out, for example because test tasks
    ///   would be used for validation, or two splits hold the same signal; `ArchiveError` when a collection cannot be written.
    public func buildDesign(
        from archive: RecordingArchive, into folder: URL, threads: Int = 1,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> [BuildReport] {
        guard let design = configuration.design else {
            preconditionFailure("the configuration has no design")
        }
        let survey = try ArchiveSurvey.survey(
            archive, configuration: configuration, subject: design.rule.name, threads: threads)
        let unusable = survey.refused.map(\.subject) + survey.leftOut.map(\.id)
        let folds: [DesignFold]
        do throws(TaskError) {
            folds = try design.folds(
                of: survey.drafts.map(\.header.identity), unusable: Set(unusable),
                seed: configuration.seed, subject: design.rule.name)
        } catch {
            throw survey.explaining(error)
        }
        var assembly = CollectionAssembly(
            configuration, archive: archive, survey: survey, threads: threads)
        var reports: [BuildReport] = []
        for fold in folds {
            let url = folder.appending(path: fold.name, directoryHint: .isDirectory)
                .appending(path: "\(fold.name).json", directoryHint: .notDirectory)
            reports.append(
                try assembly.build(fold, to: url, isOfDesign: true, progress: { _, _ in }))
            progress(reports.count, folds.count)
        }
        return reports
    }
}
