internal import EMGArchive
package import EMGSignal

/// What a recording gives a model to adapt on: the support that a build would cut out of it. What is
/// left to be evaluated on may be nothing.
package struct RecordingSupport: Sendable, Hashable {
    /// The ranges to adapt on.
    package let ranges: [SampleRange]
    /// The ranges that are left to be evaluated on; none when all of it is support.
    package let query: [SampleRange]
    /// The windows in them; labels are the places of their classes.
    package let windows: LabeledWindows

    /// Divides a recording.
    ///
    /// - Parameters:
    ///   - metadata: The recording, of the model's channels in their order.
    ///   - classes: The model's classes in the order of their labels; what is labeled otherwise is in
    ///     no window.
    ///   - window: How windows are cut.
    ///   - split: How the recording is divided; of recordings that make a task together, it is one
    ///     for support.
    ///   - quality: What of the recording's quality is in no window.
    /// - Throws: ``TaskError`` when the rule does not fit, or no window is left.
    package init(
        _ metadata: RecordingMetadata, classes: [String], window: WindowSettings,
        split: SplitSettings, quality: QualityPolicy
    ) throws(TaskError) {
        let subject = metadata.header.identity.id
        let strangers = (metadata.labels?.classNames ?? []).filter {
            !classes.contains($0) && $0 != LabelTrack.unlabeledName
        }
        let mapped = try MappedMetadata(
            metadata, classes: ClassMap(drop: strangers, order: classes), channels: ChannelMap(),
            quality: quality)
        guard mapped.labels != nil else {
            throw TaskError(
                .unlabeled, subject: subject,
                hint: "a model adapts to samples whose classes are known: give a recording with "
                    + "labels")
        }
        var configuration = CollectionConfiguration(window: window, split: split)
        configuration.classes = ClassMap(order: classes)
        let plan = ArchiveSurvey.plan(configuration, rate: mapped.header.samplingRate)
        let usable = mapped.usable(windowLength: plan.layout.length)
        guard usable.badChannels.isEmpty, usable.silenced.isEmpty else {
            let bad = usable.badChannels.map(\.channel) + usable.silenced
            throw TaskError(
                .mismatch(
                    what: "channels",
                    expected: "channels without marks over the whole recording",
                    found: bad.map { mapped.header.channels[$0].name }.joined(separator: ", ")
                ),
                subject: subject,
                hint: "a decoder would see them: attach the electrodes anew and record again")
        }
        let parts = try plan.parts(of: mapped)
        guard parts.supportWindows.count > 0 else {
            throw TaskError(
                .noWindows(
                    part: "support", windowLength: plan.layout.length,
                    samples: parts.support.reduce(0) { $0 + $1.count }),
                subject: subject,
                hint:
                    "the model's classes are \(classes.joined(separator: ", ")); other labels are "
                    + "in no window")
        }
        ranges = parts.support
        query = parts.query
        windows = parts.supportWindows
    }
}
