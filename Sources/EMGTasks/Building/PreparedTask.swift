import EMGArchive
import EMGSignal
import PrintableText

/// A task ready to be written: its recording read and normalized on its own support.
struct PreparedTask: Sendable {
    let tensors: TaskTensors
    let normalization: FittedNormalization
    /// By which the same signal is found in another task.
    let evidence: SignalEvidence
    private let support: TaskDraft.Part
    private let query: TaskDraft.Part
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
        let recording = try archive.read(draft.entry)
        let samples = recording.samples.columns(draft.columns).silencing(draft.silentChannels)
        let support = try windows(
            draft.support, "support", of: draft, targets: recording.targets)
        let query = try windows(draft.query, "query", of: draft, targets: recording.targets)
        let normalization = FittedNormalization(
            fitting: rule, to: samples, on: draft.support.ranges)
        let normalized = normalization.applied(to: samples)
        return PreparedTask(
            tensors: TaskTensors(
                signal: normalized, support: support.stored, query: query.stored),
            normalization: normalization,
            evidence: try SignalEvidence(
                draft, samples: samples, normalized: normalized, normalization: normalization),
            support: support.part, query: query.part,
            unknownCount: draft.support.windows.count + draft.query.windows.count
                - support.part.windows.count - query.part.windows.count)
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
        CollectionManifest.Entry(
            identity: draft.header.identity, effectiveRate: draft.header.effectiveRate,
            sampleCount: draft.header.sampleCount, source: draft.header.source,
            support: support.portion(classes: classes),
            query: query.portion(classes: classes),
            normalization: CollectionManifest.Coefficients(
                offset: normalization.offset, scale: normalization.scale),
            tensor: location, quality: draft.header.quality,
            unlabeled: draft.unlabeled.samples > 0 ? draft.unlabeled : nil)
    }

    /// What the user should know about the task.
    func warnings(of draft: TaskDraft, channels: [Channel]) -> [String] {
        let id = draft.header.identity.id
        let still = normalization.constantChannels.filter { !draft.silentChannels.contains($0) }
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
