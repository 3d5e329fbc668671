import EMGArchive
import EMGSignal
import TaskDraws

extension TaskDraft {
    /// The support, the query, or what was recorded before.
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
}

extension TaskDraft.Part {
    /// The part of a recording that lies behind others.
    func shifted(by samples: Int) -> TaskDraft.Part {
        TaskDraft.Part(
            ranges: ranges.map { $0.shifted(by: samples) },
            windows: LabeledWindows(
                starts: windows.starts.map { $0 + samples }, labels: windows.labels),
            leftOut: leftOut)
    }

    /// Parts of recordings that lie one after the other.
    init(joining parts: [TaskDraft.Part]) {
        self.init(
            ranges: parts.flatMap(\.ranges),
            windows: LabeledWindows(
                starts: parts.flatMap(\.windows.starts), labels: parts.flatMap(\.windows.labels)),
            leftOut: LeftOutWindows(joining: parts.map(\.leftOut)))
    }

    /// The part as it was drawn: a support that is limited is no more than its windows, so that
    /// nothing else of it is seen.
    func varied(by draw: TaskDraw, isSupport: Bool, windowLength: Int) -> TaskDraft.Part {
        let limited = isSupport && draw.limitsSupport
        let places =
            limited ? draw.supportPlaces(of: windows.labels) : Array(windows.labels.indices)
        let starts = places.map { windows.starts[$0] }
        return TaskDraft.Part(
            ranges: limited
                ? starts.map { SampleRange(start: $0, end: $0 + windowLength) }.united() : ranges,
            windows: LabeledWindows(
                starts: starts, labels: draw.relabeled(places.map { windows.labels[$0] })),
            leftOut: leftOut)
    }
}

extension SampleRange {
    /// The range so many samples later.
    func shifted(by samples: Int) -> SampleRange {
        SampleRange(start: start + samples, end: end + samples)
    }
}
