/// A recording without its samples.
public struct RecordingMetadata: Sendable, Hashable {
    /// Everything but samples, labels and time stamps.
    public let header: RecordingHeader
    /// The class of each sample; `nil` for an unlabeled recording.
    public let labels: LabelTrack?

    /// Creates the metadata.
    public init(header: RecordingHeader, labels: LabelTrack?) {
        self.header = header
        self.labels = labels
    }
}
