import EMGArchive
import EMGSignal

/// A task before its samples are read: where its parts and windows lie.
struct TaskDraft: Sendable {
    let entry: RecordingArchive.Entry
    let header: RecordingHeader
    let support: Part
    let query: Part

    /// The support or the query.
    struct Part: Sendable {
        let ranges: [SampleRange]
        let windows: LabeledWindows

        init(ranges: [SampleRange], layout: WindowLayout, labels: [UInt8]) {
            self.ranges = ranges
            windows = layout.windows(in: ranges, labels: labels)
        }

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
        entry: RecordingArchive.Entry, outline: RecordingOutline, rule: SplitRule,
        layout: WindowLayout,
        guardSamples: Int
    ) throws(TaskError) {
        let header = outline.header
        let subject = header.identity.id
        let parts = try rule.parts(
            labels: outline.labels,
            segments: header.quality.segments(sampleCount: header.sampleCount),
            guardSamples: guardSamples, subject: subject)
        let labels = outline.labels?.values ?? []
        support = Part(ranges: parts.support, layout: layout, labels: labels)
        query = Part(ranges: parts.query, layout: layout, labels: labels)
        for (name, part) in [("support", support), ("query", query)]
        where part.windows.count == 0 {
            throw TaskError(
                .noWindows(
                    part: name, windowLength: layout.length,
                    samples: part.ranges.reduce(0) { $0 + $1.count }),
                subject: subject, hint: "shorten the window or leave the recording out")
        }
        self.entry = entry
        self.header = header
    }
}
