internal import EMGSignal

/// What a stage is fitted on: the samples of a recording that are not marked bad.
public struct ReferenceSamples: Sendable {
    /// The recording's name, for messages and the history.
    public let name: String
    /// The usable samples of each channel, in order.
    public let channels: [[Double]]

    /// Creates samples to fit on.
    ///
    /// - Parameters:
    ///   - name: The recording's name.
    ///   - channels: The usable samples of each channel.
    package init(name: String, channels: [[Double]]) {
        self.name = name
        self.channels = channels
    }
}
