import EMGArchive
import EMGSignal
import PrintableText
import TaskDraws

/// A task before its samples are read: where its parts and windows lie.
struct TaskDraft: Sendable {
    /// The recordings that it is made of, one after the other.
    let recordings: [Recording]
    /// The first recording's header, with the samples and the quality of all.
    let header: RecordingHeader
    let support: Part
    let query: Part
    /// Windows of earlier recordings; `nil` when there are none.
    let earlier: Part?
    /// How support and query are varied.
    let draw: TaskDraw
    /// Electrodes round the limb.
    let columnCount: Int
    /// What windows contain that the policy tells of.
    let warned: [QualityInterval]
    /// What is in neither part because nobody labeled it.
    let unlabeled: UnlabeledShare
    /// The targets of windows; `nil` when none are wanted.
    let targets: ChosenTargets?
    /// Samples of a window.
    let windowLength: Int

    /// Divides the recordings of a task.
    ///
    /// - Parameters:
    ///   - pieces: The recordings, at least one; the first one names the task.
    ///   - plan: How they are divided.
    ///   - configuration: How tasks are varied.
    ///   - isUnlabeled: Whether the collection has no classes.
    /// - Throws: ``TaskError`` when the split rule does not fit or a part has no window.
    init(
        of pieces: [Piece], plan: SplitPlan, configuration: CollectionConfiguration,
        isUnlabeled: Bool
    ) throws(TaskError) {
        precondition(!pieces.isEmpty, "a task has a recording")
        let first = pieces[0].metadata
        var header = first.header
        (header.sampleCount, header.quality) = (0, [])
        var recordings: [Recording] = []
        var parts: [CollectionManifest.TaskRecording.Part: [Part]] = [:]
        var warned: [QualityInterval] = []
        var unlabeled = UnlabeledShare(samples: 0, windows: 0)
        for piece in pieces {
            let own = piece.metadata.header
            let start = header.sampleCount
            let divided = try DividedRecording(piece, plan: plan, isUnlabeled: isUnlabeled)
            for (part, windows) in divided.parts {
                parts[part, default: []].append(windows.shifted(by: start))
            }
            warned += divided.warned.map { $0.shifted(by: start) }
            unlabeled.samples += divided.unlabeled.samples
            unlabeled.windows += divided.unlabeled.windows
            header.quality += own.quality.map { $0.shifted(by: start) }
            header.sampleCount += own.sampleCount
            recordings.append(
                Recording(
                    entry: piece.entry, id: own.identity.id, part: piece.part,
                    source: own.source,
                    range: SampleRange(start: start, end: header.sampleCount),
                    columns: piece.metadata.columns, silentChannels: divided.silentChannels))
        }
        let support = Part(joining: parts[.support] ?? [])
        let query = Part(joining: parts[.query] ?? [])
        let earlier = Part(joining: parts[.earlier] ?? [])
        for (name, part) in [("support", support), ("query", query)] {
            try Self.checkWindows(
                of: part, name, first, unlabeled: unlabeled, windowLength: plan.layout.length)
        }
        let shape = TaskShape(
            channelCount: header.channels.count, columnCount: configuration.channels.grid?.columns,
            classCount: isUnlabeled || first.targets != nil ? 0 : header.classNames?.count ?? 0,
            supportLabels: support.windows.labels)
        let draw = configuration.variation.draw(
            of: shape, id: header.identity.id, seed: configuration.seed)
        let length = plan.layout.length
        self.support = support.varied(by: draw, isSupport: true, windowLength: length)
        self.query = query.varied(by: draw, isSupport: false, windowLength: length)
        self.earlier = earlier.windows.count == 0 ? nil : earlier
        self.draw = draw
        columnCount = shape.columnCount
        self.recordings = recordings
        self.header = header
        self.warned = warned
        self.unlabeled = unlabeled
        targets = first.targets
        windowLength = length
    }

    private static func checkWindows(
        of part: Part, _ name: String, _ metadata: MappedMetadata, unlabeled: UnlabeledShare,
        windowLength: Int
    ) throws(TaskError) {
        guard part.windows.count == 0 else { return }
        let subject = metadata.header.identity.id
        guard part.leftOut.total == 0 else {
            throw TaskError(part.leftOut, of: name, subject: subject, policy: metadata.policy)
        }
        throw TaskError(
            .noWindows(
                part: name, windowLength: windowLength,
                samples: part.ranges.reduce(0) { $0 + $1.count }),
            subject: subject,
            hint: unlabeled.samples > 0
                ? "nobody labeled \(unlabeled.samples, of: "sample") of the recording, which are in "
                    + "no window: classes: {rename: {unlabeled: NAME}} makes a class of them"
                : "shorten the window or leave the recording out")
    }

    /// Which channels of the collection are no good in some recording.
    var silentChannels: [Int] { Set(recordings.flatMap(\.silentChannels)).sorted() }

    /// The samples that are varied: earlier recordings are as they were recorded.
    var variedRanges: [SampleRange] {
        recordings.filter { $0.part != .earlier }.map(\.range).united()
    }
}

extension QualityInterval {
    /// The interval so many samples later.
    fileprivate func shifted(by samples: Int) -> QualityInterval {
        QualityInterval(range: range.shifted(by: samples), channel: channel, kind: kind)
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
    func leftOut(
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
