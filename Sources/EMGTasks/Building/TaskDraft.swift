import EMGArchive
import EMGSignal

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

        /// The part as a manifest tells it.
        func portion(classes: Int) -> CollectionManifest.Portion {
            CollectionManifest.Portion(
                ranges: ranges, windows: windows.count,
                windowsPerClass: windows.counts(classes: classes))
        }
    }

    /// Divides a recording.
    ///
    /// - Parameters:
    ///   - entry: Where it lies.
    ///   - outline: The recording as the collection sees it.
    ///   - plan: How it is divided.
    ///   - isUnlabeled: Whether the collection has no classes.
    /// - Throws: ``TaskError`` when the split rule does not fit or a part has no window.
    init(
        entry: RecordingArchive.Entry, outline: MappedOutline, plan: SplitPlan,
        isUnlabeled: Bool
    ) throws(TaskError) {
        let header = outline.header
        let subject = header.identity.id
        // Where other recordings have labels, what a window is judged by is its label.
        guard outline.labels != nil || isUnlabeled else {
            throw TaskError(
                .unlabelled, subject: subject,
                hint: "others are labeled: leave the recording out with \"include\"")
        }
        let parts = try plan.parts(of: outline)
        support = Part(ranges: parts.support, windows: parts.supportWindows)
        query = Part(ranges: parts.query, windows: parts.queryWindows)
        unlabeled = parts.unlabeled
        for (name, part) in [("support", support), ("query", query)]
        where part.windows.count == 0 {
            throw TaskError(
                .noWindows(
                    part: name, windowLength: plan.layout.length,
                    samples: part.ranges.reduce(0) { $0 + $1.count }),
                subject: subject,
                hint: unlabeled.samples > 0
                    ? "nobody labeled \(unlabeled.samples) samples of the recording, which are in "
                        + "no window: classes: {rename: {unlabeled: NAME}} makes a class of them"
                    : "shorten the window or leave the recording out")
        }
        self.entry = entry
        self.header = header
        columns = outline.columns
        targets = outline.targets
        windowLength = plan.layout.length
        silentChannels = outline.silentChannels
    }
}

extension SplitPlan {
    /// Divides a recording as the collection sees it.
    func parts(of outline: MappedOutline) throws(TaskError) -> SplitParts {
        let header = outline.header
        return try parts(
            labels: outline.labels, sampleCount: header.sampleCount, rate: header.samplingRate,
            segments: header.quality.segments(sampleCount: header.sampleCount)
                .subtracting(outline.excluded),
            classCount: header.classNames?.count, subject: header.identity.id)
    }
}
