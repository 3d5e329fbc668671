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

    /// The tasks.
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
    /// - Throws: What a build throws before it reads signals.
    package init(
        _ configuration: CollectionConfiguration, of archive: RecordingArchive, threads: Int
    ) throws {
        precondition(configuration.design == nil, "a design has several collections")
        let survey = try ArchiveSurvey(
            archive, configuration: configuration, subject: "collection", threads: threads)
        let assignment = try survey.assignment(configuration, subject: "collection")
        let splits = [
            ("train", Set(assignment.train)), ("validation", Set(assignment.validation)),
            ("test", Set(assignment.test)),
        ]
        let classCount = survey.consensus.classNames.count
        rows = survey.drafts.map { draft in
            let identity = draft.header.identity
            return Row(
                identity: identity,
                split: splits.first { $0.1.contains(identity.patient) }?.0 ?? "",
                support: draft.support.windows.counts(classes: classCount),
                query: draft.query.windows.counts(classes: classCount),
                unlabeled: draft.unlabeled)
        }
        windowsLeftOut =
            survey.drafts.flatMap { [$0.support, $0.query] }.map(\.leftOut.byKind)
            .summed
        classNames = survey.consensus.classNames
        windowLength = survey.layout.length
        windowStride = survey.layout.stride
        guardSamples = survey.guardSamples
        refused = survey.refused
        leftOut = survey.leftOut
        warnings =
            survey.editWarnings + survey.advice
            + survey.warnings(about: Set(rows.filter { !$0.split.isEmpty }.map(\.identity.id)))
    }
}

/// How one recording would be divided.
package struct SplitPreview: Sendable {
    /// The ranges to adapt on.
    package let support: [SampleRange]
    /// The ranges to be evaluated on.
    package let query: [SampleRange]
    /// How many windows are in the support.
    package let supportWindows: Int
    /// How many windows are in the query.
    package let queryWindows: Int

    /// Divides a recording as a build would.
    ///
    /// - Parameters:
    ///   - metadata: The recording as the archive has it.
    ///   - entry: Its place.
    ///   - configuration: How to divide.
    ///   - edits: The decisions of people about the recordings.
    /// - Throws: ``TaskError`` when the recording cannot become a task.
    package init(
        _ metadata: RecordingMetadata, at entry: RecordingArchive.Entry,
        configuration: CollectionConfiguration, edits: EditFile
    ) throws(TaskError) {
        let mapped = try MappedMetadata(
            metadata, classes: configuration.classes, channels: configuration.channels,
            edits: AppliedEdits(edits, take: nil), quality: configuration.quality)
        let draft = try TaskDraft(
            entry: entry, metadata: mapped,
            plan: ArchiveSurvey.plan(configuration, rate: mapped.header.samplingRate),
            isUnlabeled: mapped.labels == nil)
        support = draft.support.ranges
        query = draft.query.ranges
        supportWindows = draft.support.windows.count
        queryWindows = draft.query.windows.count
    }
}
