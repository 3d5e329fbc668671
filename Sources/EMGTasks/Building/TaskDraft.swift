import EMGArchive
import EMGSignal
import PrintableText

/// A task before its samples are read: where its parts and windows lie.
struct TaskDraft: Sendable {
    let entry: RecordingArchive.Entry
    let header: RecordingHeader
    /// The recording's column for each channel of the collection.
    let columns: [Int]
    /// Which channels of the collection are no good: their samples become 0.
    let silentChannels: [Int]
    let support: Part
    let query: Part
    /// What windows contain that the policy tells of.
    let warned: [QualityInterval]
    /// What is in neither part because nobody labeled it.
    let unlabeled: UnlabeledShare
    /// The targets of windows; `nil` when none are wanted.
    let targets: ChosenTargets?
    /// Samples of a window.
    let windowLength: Int

    /// The support or the query.
    struct Part: Sendable {
        let ranges: [SampleRange]
        var windows: LabeledWindows
        /// The windows that are not there because of the recording's quality.
        let leftOut: LeftOutWindows

        /// The part as a manifest tells it.
        func portion(classes: Int) -> CollectionManifest.Portion {
            CollectionManifest.Portion(
                ranges: ranges, windows: windows.count,
                windowsPerClass: windows.counts(classes: classes), leftOut: leftOut.byKind)
        }
    }

    /// Divides a recording.
    ///
    /// - Parameters:
    ///   - entry: Where it lies.
    ///   - metadata: The recording as the collection sees it.
    ///   - plan: How it is divided.
    ///   - isUnlabeled: Whether the collection has no classes.
    /// - Throws: ``TaskError`` when the split rule does not fit or a part has no window.
    init(
        entry: RecordingArchive.Entry, metadata: MappedMetadata, plan: SplitPlan,
        isUnlabeled: Bool
    ) throws(TaskError) {
        let header = metadata.header
        let subject = header.identity.id
        // Where other recordings have labels, what a window is evaluated on is its label.
        guard metadata.labels != nil || isUnlabeled else {
            throw TaskError(
                .unlabeled, subject: subject,
                hint: "others are labeled: leave the recording out with \"include\"")
        }
        let usable = metadata.usable(windowLength: plan.layout.length)
        if !usable.badChannels.isEmpty {
            throw TaskError(usable.badChannels, of: header, policy: metadata.policy)
        }
        let parts = try plan.parts(of: metadata)
        let leftOut = plan.leftOut(of: metadata, because: usable.excluded)
        support = Part(
            ranges: parts.support, windows: parts.supportWindows, leftOut: leftOut.support)
        query = Part(ranges: parts.query, windows: parts.queryWindows, leftOut: leftOut.query)
        unlabeled = parts.unlabeled
        for (name, part) in [("support", support), ("query", query)]
        where part.windows.count == 0 {
            guard part.leftOut.total == 0 else {
                throw TaskError(part.leftOut, of: name, subject: subject, policy: metadata.policy)
            }
            throw TaskError(
                .noWindows(
                    part: name, windowLength: plan.layout.length,
                    samples: part.ranges.reduce(0) { $0 + $1.count }),
                subject: subject,
                hint: unlabeled.samples > 0
                    ? "nobody labeled \(unlabeled.samples, of: "sample") of the recording, "
                        + "which are in "
                        + "no window: classes: {rename: {unlabeled: NAME}} makes a class of them"
                    : "shorten the window or leave the recording out")
        }
        warned = usable.warned
        self.entry = entry
        self.header = header
        columns = metadata.columns
        targets = metadata.targets
        windowLength = plan.layout.length
        silentChannels = (metadata.silentChannels + usable.silenced).sorted()
    }
}

extension SplitPlan {
    /// Divides a recording as the collection sees it.
    ///
    /// - Parameters:
    ///   - metadata: The recording.
    ///   - segments: The segments that may be windowed; those of its policy when `nil`.
    /// - Returns: Both parts and their windows.
    /// - Throws: ``TaskError`` when the split rule does not fit.
    func parts(
        of metadata: MappedMetadata, in segments: [SampleRange]? = nil
    ) throws(TaskError) -> SplitParts {
        let header = metadata.header
        return try parts(
            labels: metadata.labels, sampleCount: header.sampleCount, rate: header.samplingRate,
            segments: segments ?? metadata.usable(windowLength: layout.length).segments,
            classCount: header.classNames?.count, subject: header.identity.id)
    }

    /// The windows that there would be were nothing excluded, and that touch what is.
    fileprivate func leftOut(
        of metadata: MappedMetadata, because excluded: [QualityInterval]
    ) -> (support: LeftOutWindows, query: LeftOutWindows) {
        let none = LeftOutWindows()
        let whole = [SampleRange(start: 0, end: metadata.header.sampleCount)]
        guard !excluded.isEmpty, let all = try? parts(of: metadata, in: whole) else {
            return (none, none)
        }
        return (
            LeftOutWindows(all.supportWindows, length: layout.length, because: excluded),
            LeftOutWindows(all.queryWindows, length: layout.length, because: excluded)
        )
    }
}
