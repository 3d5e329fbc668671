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

    /// The support or the query.
    struct Part: Sendable {
        let ranges: [SampleRange]
        let windows: LabeledWindows

        /// The part as a manifest tells it.
        func portion(classes: Int) -> CollectionManifest.Portion {
            CollectionManifest.Portion(
                ranges: ranges, windows: windows.count,
                windowsPerClass: windows.counts(classes: classes))
        }
    }

    /// Divides a recording.
    ///
    /// - Throws: ``TaskError`` when the split rule does not fit or a part has no window.
    init(
        entry: RecordingArchive.Entry, outline: MappedOutline, plan: SplitPlan
    ) throws(TaskError) {
        let header = outline.header
        let subject = header.identity.id
        // What a window is judged by is its label.
        guard outline.labels != nil else {
            throw TaskError(
                .unlabelled, subject: subject, hint: "leave the recording out with \"include\"")
        }
        let parts = try plan.parts(
            labels: outline.labels, sampleCount: header.sampleCount, rate: header.samplingRate,
            segments: header.quality.segments(sampleCount: header.sampleCount)
                .subtracting(outline.excluded),
            classCount: header.classNames?.count, subject: subject)
        support = Part(ranges: parts.support, windows: parts.supportWindows)
        query = Part(ranges: parts.query, windows: parts.queryWindows)
        for (name, part) in [("support", support), ("query", query)]
        where part.windows.count == 0 {
            throw TaskError(
                .noWindows(
                    part: name, windowLength: plan.layout.length,
                    samples: part.ranges.reduce(0) { $0 + $1.count }),
                subject: subject, hint: "shorten the window or leave the recording out")
        }
        self.entry = entry
        self.header = header
        columns = outline.columns
        silentChannels = outline.silentChannels
    }
}
