package import EMGArchive
package import EMGSignal

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
            of: [TaskDraft.Piece(entry: entry, metadata: mapped, part: nil)],
            plan: ArchiveSurvey.plan(configuration, rate: mapped.header.samplingRate),
            configuration: configuration, isUnlabeled: mapped.labels == nil)
        support = draft.support.ranges
        query = draft.query.ranges
        supportWindows = draft.support.windows.count
        queryWindows = draft.query.windows.count
    }
}
