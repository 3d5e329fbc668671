import EMGArchive
import EMGSignal
import PrintableText
import TaskDraws

/// A task ready to be written: its recording read and normalized on its own support.
struct PreparedTask: Sendable {
    let tensors: TaskTensors
    let normalization: FittedNormalization
    /// By which the same signal is found in another task.
    let evidence: SignalEvidence
    private let support: TaskDraft.Part
    private let query: TaskDraft.Part
    private let earlier: TaskDraft.Part?
    /// Windows that were left out because a target is not known.
    private let unknownCount: Int

    /// Reads a task's recording and normalizes it.
    ///
    /// - Parameters:
    ///   - draft: The task.
    ///   - archive: Where its recording lies.
    ///   - rule: How it is normalized, on its own support.
    /// - Returns: The task with its samples.
    /// - Throws: `ArchiveError` when the recording is damaged, ``TaskError`` when no window of a
    ///   part has targets, or support and query are the same signal.
    static func prepare(
        _ draft: TaskDraft, archive: RecordingArchive, rule: any NormalizationRule
    ) throws -> PreparedTask {
        let (samples, targets) = try samples(of: draft, archive: archive)
        let support = try windows(draft.support, "support", of: draft, targets: targets)
        let query = try windows(draft.query, "query", of: draft, targets: targets)
        let earlier = try draft.earlier.map { (part) throws(TaskError) in
            try windows(part, "earlier recordings", of: draft, targets: targets)
        }
        func normalizing(
            _ samples: SampleMatrix
        ) -> (normalization: FittedNormalization, signal: SampleMatrix) {
            let normalization = FittedNormalization(
                fitting: rule, to: samples, on: draft.support.ranges)
            return (normalization, normalization.applied(to: samples))
        }
        // What holds the same signal is found before it is varied.
        let recorded = normalizing(samples)
        let evidence = try SignalEvidence(
            draft, samples: samples, normalized: recorded.signal,
            normalization: recorded.normalization)
        let stored =
            draft.draw.changesChannels ? normalizing(varied(samples, by: draft)) : recorded
        return PreparedTask(
            tensors: TaskTensors(
                signal: stored.signal, support: support.stored, query: query.stored,
                earlier: earlier?.stored),
            normalization: stored.normalization, evidence: evidence,
            support: support.part, query: query.part, earlier: earlier?.part,
            unknownCount: draft.support.windows.count + draft.query.windows.count
                - support.part.windows.count - query.part.windows.count)
    }

    /// The samples of all recordings of a task, one after the other, and the targets of the first:
    /// tasks of a regression are of one recording.
    private static func samples(
        of draft: TaskDraft, archive: RecordingArchive
    ) throws(ArchiveError) -> (SampleMatrix, [TargetTrack]) {
        var all: [SampleMatrix] = []
        var targets: [TargetTrack] = []
        for recording in draft.recordings {
            let read = try archive.read(recording.entry)
            if all.isEmpty { targets = read.targets }
            all.append(
                read.samples.columns(recording.columns).silencing(recording.silentChannels))
        }
        guard all.count > 1 else { return (all[0], targets) }
        return (
            SampleMatrix(
                values: all.flatMap(\.values), channelCount: draft.header.channels.count), targets
        )
    }

    /// The samples with the channels of support and query as they were drawn.
    private static func varied(_ samples: SampleMatrix, by draft: TaskDraft) -> SampleMatrix {
        let count = samples.channelCount
        var values = samples.values
        for range in draft.variedRanges {
            let places = range.start * count..<range.end * count
            values.replaceSubrange(
                places,
                with: draft.draw.varied(
                    Array(values[places]), channelCount: count, columnCount: draft.columnCount))
        }
        return SampleMatrix(values: values, channelCount: count)
    }

    /// A part's windows with their targets, as they are stored.
    private static func windows(
        _ part: TaskDraft.Part, _ name: String, of draft: TaskDraft, targets: [TargetTrack]
    ) throws(TaskError) -> (part: TaskDraft.Part, stored: TaskTensors.Windows) {
        var part = part
        var values: [Float] = []
        if let chosen = draft.targets {
            (part.windows, values) = chosen.windows(
                part.windows, length: draft.windowLength, of: targets)
            guard part.windows.count > 0 else {
                throw TaskError(
                    .noTargets(part: name), subject: draft.header.identity.id,
                    hint: "choose other targets, or leave the recording out")
            }
        }
        let windows = part.windows
        return (
            part,
            TaskTensors.Windows(
                starts: windows.starts.map(Int64.init), labels: windows.labels, targets: values)
        )
    }

    /// The task as a manifest tells it.
    func entry(
        of draft: TaskDraft, at location: CollectionManifest.TensorLocation, classes: Int
    ) -> CollectionManifest.Entry {
        // What was marked on a silenced channel is not in the signal once channels are mixed.
        let silent = Set(draft.draw.changesChannels ? draft.silentChannels : [])
        let quality = draft.header.quality.filter {
            !($0.channel.map(silent.contains) ?? false)
        }
        var entry = CollectionManifest.Entry(
            identity: draft.header.identity, effectiveRate: draft.header.effectiveRate,
            sampleCount: draft.header.sampleCount, source: draft.header.source,
            support: support.portion(classes: classes),
            query: query.portion(classes: classes),
            normalization: CollectionManifest.Coefficients(
                offset: normalization.offset, scale: normalization.scale),
            tensor: location, quality: quality,
            unlabeled: draft.unlabeled.samples > 0 ? draft.unlabeled : nil)
        entry.recordings = draft.recordings.compactMap(\.stated)
        entry.earlier = earlier?.portion(classes: classes)
        entry.draw = draft.draw
        return entry
    }

    /// What the user should know about the task.
    func warnings(of draft: TaskDraft, channels: [Channel]) -> [String] {
        let id = draft.header.identity.id
        let still = normalization.constantChannels.filter {
            !draft.silentChannels.contains($0) && !draft.draw.silent.contains($0)
        }
        var warnings = still.map { channel in
            "\(id): \(channels[channel].name) does not move on the support; "
                + "it is centered, not scaled"
        }
        if unknownCount > 0 {
            warnings.append(
                "\(id): \(unknownCount, of: "window is", plural: "windows are") left out, as "
                    + "a target is not known there"
            )
        }
        return warnings
    }
}
