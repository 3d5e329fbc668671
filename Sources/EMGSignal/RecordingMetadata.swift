/// A recording without its samples.
package struct RecordingMetadata: Sendable, Hashable {
    /// Everything but samples, labels and time stamps.
    package let header: RecordingHeader
    /// The class of each sample; `nil` for an unlabeled recording.
    package let labels: LabelTrack?

    /// Creates the metadata.
    package init(header: RecordingHeader, labels: LabelTrack?) {
        self.header = header
        self.labels = labels
    }
}
