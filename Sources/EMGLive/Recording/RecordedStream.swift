package import Decoding
package import EMGSignal

/// What is known of a stream that is recorded.
package struct RecordedStream: Sendable, Hashable {
    /// The channels, in the order of a row's values, at least one.
    package let channels: [Channel]
    /// Samples a second.
    package let samplingRate: SamplingRate

    /// Describes a stream.
    package init(channels: [Channel], samplingRate: SamplingRate) {
        precondition(!channels.isEmpty, "a stream has at least one channel")
        self.channels = channels
        self.samplingRate = samplingRate
    }

    /// Takes what a source says, and what it does not say from a decoder's input.
    ///
    /// - Parameters:
    ///   - stream: What the source says.
    ///   - rate: The rate to take when the source does not say one.
    ///   - unit: The unit to take when the source does not say one.
    package init(_ stream: StreamDescription, rate: SamplingRate, unit: String = "count") {
        self.init(
            channels: (0..<stream.channelCount).map { index in
                Channel(
                    name: stream.names?[index] ?? "ch\(index + 1)",
                    unit: stream.units?[index] ?? unit)
            }, samplingRate: stream.samplingRate ?? rate)
    }

    /// The unit of all channels; `nil` when they have several.
    var unit: String? {
        channels.allSatisfy { $0.unit == channels[0].unit } ? channels[0].unit : nil
    }
}
