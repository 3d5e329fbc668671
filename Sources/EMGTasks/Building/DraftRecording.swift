import EMGArchive
import EMGSignal

extension TaskDraft {
    /// One of the recordings that a task is made of.
    struct Piece: Sendable {
        let entry: RecordingArchive.Entry
        let metadata: MappedMetadata
        /// What it is for; `nil` for support and query.
        let part: CollectionManifest.TaskRecording.Part?
    }

    /// Where a recording of a task comes from, and where it lies among its samples.
    struct Recording: Sendable {
        let entry: RecordingArchive.Entry
        /// The name that it has, which people may have changed.
        let id: String
        let part: CollectionManifest.TaskRecording.Part?
        let source: SourceFile
        /// Its samples among those of the task.
        let range: SampleRange
        /// The recording's column for each channel of the collection.
        let columns: [Int]
        /// Which channels of the collection are no good: their samples become 0.
        let silentChannels: [Int]

        /// The recording as a manifest tells it; `nil` when it is the task.
        var stated: CollectionManifest.TaskRecording? {
            part.map {
                CollectionManifest.TaskRecording(
                    id: id, part: $0, source: source, range: range)
            }
        }
    }
}

/// What one recording brings into a task.
struct DividedRecording: Sendable {
    /// Its parts, those that it has.
    private(set) var parts: [CollectionManifest.TaskRecording.Part: TaskDraft.Part] = [:]
    /// What windows contain that the policy tells of.
    let warned: [QualityInterval]
    let unlabeled: UnlabeledShare
    let silentChannels: [Int]

    /// Divides a recording.
    ///
    /// - Throws: ``TaskError`` when the split rule does not fit.
    init(
        _ piece: TaskDraft.Piece, plan: SplitPlan, isUnlabeled: Bool
    ) throws(TaskError) {
        let metadata = piece.metadata
        // Where other recordings have labels, what a window is evaluated on is its label.
        guard metadata.labels != nil || isUnlabeled else {
            throw TaskError(
                .unlabeled, subject: metadata.header.identity.id,
                hint: "others are labeled: leave the recording out with \"include\"")
        }
        let usable = metadata.usable(windowLength: plan.layout.length)
        if !usable.badChannels.isEmpty {
            throw TaskError(usable.badChannels, of: metadata.header, policy: metadata.policy)
        }
        let plan = piece.part == .query || piece.part == .earlier ? plan.ofWhole : plan
        let divided = try plan.parts(of: metadata)
        let leftOut = plan.leftOut(of: metadata, because: usable.excluded)
        parts[piece.part ?? .support] = TaskDraft.Part(
            ranges: divided.support, windows: divided.supportWindows, leftOut: leftOut.support)
        if piece.part == nil {
            parts[.query] = TaskDraft.Part(
                ranges: divided.query, windows: divided.queryWindows, leftOut: leftOut.query)
        }
        warned = usable.warned
        unlabeled = divided.unlabeled
        silentChannels = (metadata.silentChannels + usable.silenced).sorted()
    }
}

extension SplitPlan {
    /// The plan that takes all of a recording as one part.
    fileprivate var ofWhole: SplitPlan {
        var plan = self
        plan.rule = WholeRecording()
        plan.supportFraction = 1
        return plan
    }
}
