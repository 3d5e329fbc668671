package import EMGArchive
package import EMGSignal

/// What a collection would be, reported before any signal is read: by the survey that a build begins
/// with.
package struct CollectionPreview: Sendable {
    /// What a recording would become.
    package struct Row: Sendable {
        /// The recording.
        package let identity: RecordingIdentity
        /// `train`, `validation`, `test`, or empty when its patient is in none of them.
        package let split: String
        /// Windows of each class in the support.
        package let support: [Int]
        /// Windows of each class in the query.
        package let query: [Int]
        /// What is in no window because nobody labeled it.
        package let unlabeled: UnlabeledShare
    }

    /// One row for each recording that can become a task.
    package let rows: [Row]
    /// The classes.
    package let classNames: [String]
    /// The length of a window in samples.
    package let windowLength: Int
    /// The distance of windows in samples.
    package let windowStride: Int
    /// What is left out between support and query, in samples.
    package let guardSamples: Int
    /// Windows that are left out because of the recordings' quality, by kind.
    package let windowsLeftOut: [QualityInterval.Kind: Int]
    /// The recordings that cannot become tasks.
    package let refused: [BuildReport.Refusal]
    /// The recordings that configuration or edits leave out.
    package let leftOut: [RecordingIdentity]
    /// What the user should know.
    package let warnings: [String]

    /// Surveys an archive.
    ///
    /// - Parameters:
    ///   - configuration: A configuration without a design.
    ///   - archive: The recordings.
    ///   - threads: How many recordings are looked at at once.
    /// - Returns: How the recordings would be divided.
    /// - Throws: What a build throws before it reads signals.
    package static func survey(
        _ configuration: CollectionConfiguration, of archive: RecordingArchive, threads: Int
    ) throws -> CollectionPreview {
        precondition(configuration.design == nil, "a design has several collections")
        let survey = try ArchiveSurvey.survey(
            archive, configuration: configuration, subject: "collection", threads: threads)
        let assignment = try survey.assignment(configuration, subject: "collection")
        let splits = [
            ("train", Set(assignment.train)), ("validation", Set(assignment.validation)),
            ("test", Set(assignment.test)),
        ]
        let classCount = survey.consensus.classNames.count
        let rows = survey.drafts.map { draft in
            let identity = draft.header.identity
            return Row(
                identity: identity,
                split: splits.first { $0.1.contains(identity.patient) }?.0 ?? "",
                support: draft.support.windows.counts(classes: classCount),
                query: draft.query.windows.counts(classes: classCount),
                unlabeled: draft.unlabeled)
        }
        return CollectionPreview(
            rows: rows, classNames: survey.consensus.classNames,
            windowLength: survey.layout.length, windowStride: survey.layout.stride,
            guardSamples: survey.guardSamples,
            windowsLeftOut: survey.drafts.flatMap { [$0.support, $0.query] }
                .map(\.leftOut.byKind).summed,
            refused: survey.refused, leftOut: survey.leftOut,
            warnings: survey.editWarnings + survey.advice
                + survey.warnings(about: Set(rows.filter { !$0.split.isEmpty }.map(\.identity.id))))
    }
}
