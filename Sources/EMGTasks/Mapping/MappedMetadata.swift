import EMGArchive
import EMGSignal

/// A recording as the collection sees it: channels and classes mapped, samples not yet read.
struct MappedMetadata: Sendable {
    /// The header with the collection's channels and classes.
    let header: RecordingHeader
    /// The labels; those of dropped classes, and of samples that nobody labeled, are at least the
    /// number of classes.
    let labels: LabelTrack?
    /// The recording's column for each channel.
    let columns: [Int]
    /// The targets that were chosen; `nil` when none are wanted.
    let targets: ChosenTargets?
    /// What belongs to neither support nor query.
    let excluded: [SampleRange]
    /// Which channels are no good.
    let silentChannels: [Int]
    /// What of the recording's quality is in no window.
    let policy: QualityPolicy

    /// - Throws: ``TaskError`` when the recording has not what the maps ask for.
    init(
        _ metadata: RecordingMetadata, classes: ClassMap, channels: ChannelMap,
        edits: AppliedEdits? = nil, targets: TargetSelection? = nil,
        quality policy: QualityPolicy
    ) throws(TaskError) {
        self.policy = policy
        let edited = try edits?.applied(to: metadata)
        let metadata = edited?.metadata ?? metadata
        let subject = metadata.header.identity.id
        var header = metadata.header.counting(humOf: policy)
        let chosen = try channels.columns(of: header)
        header.quality = header.quality.compactMap { interval in
            guard let channel = interval.channel else { return interval }
            guard let place = chosen.columns.firstIndex(of: channel) else { return nil }
            return QualityInterval(range: interval.range, channel: place, kind: interval.kind)
        }
        header.channels = chosen.channels
        columns = chosen.columns
        if let targets {
            self.targets = try targets.chosen(of: metadata.header)
        } else {
            self.targets = nil
        }
        excluded = edited?.excluded ?? []
        let silent = Set(edited?.silentChannels ?? [])
        silentChannels = chosen.columns.indices.filter { silent.contains(chosen.columns[$0]) }
        if let track = metadata.labels,
            track.classNames.allSatisfy({ $0 == LabelTrack.unlabeledName && !classes.learns($0) })
        {
            header.classNames = nil
            labels = nil
        } else if let track = metadata.labels, !classes.isIdentity || track.unlabeled != nil {
            let mapped = try classes.labels(track, subject: subject)
            header.classNames = mapped.classNames
            labels = mapped.track
        } else {
            labels = metadata.labels
        }
        self.header = header
    }

    /// What the policy leaves for windows of a length, and for fits.
    func usable(windowLength: Int) -> UsableSamples {
        UsableSamples(
            header, policy: policy, windowLength: windowLength, silent: silentChannels,
            cut: excluded)
    }
}
