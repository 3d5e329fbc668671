import EMGArchive
import EMGSignal

/// A task ready to be written: its recording read and normalized on its own support.
struct PreparedTask: Sendable {
    let tensors: TaskTensors
    let normalization: Normalization

    /// - Throws: `ArchiveError` when the recording is damaged.
    init(
        _ draft: TaskDraft, archive: RecordingArchive, method: NormalizationMethod
    ) throws(ArchiveError) {
        var samples = try archive.read(draft.entry).samples.columns(draft.columns)
        for channel in draft.silentChannels {
            for sample in 0..<samples.sampleCount { samples[sample, channel] = 0 }
        }
        normalization = Normalization(
            fitting: method, to: samples, on: draft.support.ranges)
        tensors = TaskTensors(
            signal: normalization.applied(to: samples),
            support: draft.support.stored, query: draft.query.stored)
    }

    /// The task as a manifest tells it.
    func entry(
        of draft: TaskDraft, at location: CollectionManifest.TensorLocation, classes: Int
    ) -> CollectionManifest.Entry {
        CollectionManifest.Entry(
            identity: draft.header.identity, effectiveRate: draft.header.effectiveRate,
            sampleCount: draft.header.sampleCount, source: draft.header.source,
            support: draft.support.portion(classes: classes),
            query: draft.query.portion(classes: classes),
            normalization: CollectionManifest.Coefficients(
                offset: normalization.offset, scale: normalization.scale),
            tensor: location, quality: draft.header.quality)
    }

    /// What the user should know about the task.
    func warnings(of draft: TaskDraft, channels: [Channel]) -> [String] {
        normalization.constantChannels.filter { !draft.silentChannels.contains($0) }.map {
            channel in
            "\(draft.header.identity.id): \(channels[channel].name) does not move on the support; "
                + "it is centered, not scaled"
        }
    }
}

extension TaskDraft.Part {
    fileprivate var stored: TaskTensors.Windows {
        TaskTensors.Windows(starts: windows.starts.map(Int64.init), labels: windows.labels)
    }
}
