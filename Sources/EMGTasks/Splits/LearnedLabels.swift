public import EMGSignal

/// The labels of a recording, of which the first classes are to be learned.
public struct LearnedLabels: Sendable {
    /// The labels.
    public let track: LabelTrack
    /// How many classes are to be learned; labels from there on belong to none of them.
    public let classCount: Int

    /// Creates labels.
    ///
    /// - Parameters:
    ///   - track: The labels.
    ///   - classCount: How many classes are to be learned.
    package init(track: LabelTrack, classCount: Int) {
        self.track = track
        self.classCount = classCount
    }
}
