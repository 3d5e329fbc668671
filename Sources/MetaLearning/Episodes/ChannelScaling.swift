/// What a task's signal was normalized with: the raw signal is `scale · x + offset`, channel by
/// channel.
public struct ChannelScaling: Sendable, Hashable {
    /// One offset a channel, in the channel's unit.
    public let offset: [Double]
    /// One scale a channel, above 0, in the channel's unit.
    public let scale: [Double]

    /// Creates a scaling.
    ///
    /// - Parameters:
    ///   - offset: One offset a channel.
    ///   - scale: As many scales above 0.
    public init(offset: [Double], scale: [Double]) {
        precondition(offset.count == scale.count, "one offset and one scale a channel")
        self.offset = offset
        self.scale = scale
    }

    /// Samples of all channels, raw again.
    package func raw(_ samples: [Float]) -> [Float] {
        mapped(samples) { value, channel in value * scale[channel] + offset[channel] }
    }

    /// Raw samples of all channels, normalized.
    package func normalized(_ samples: [Float]) -> [Float] {
        mapped(samples) { value, channel in (value - offset[channel]) / scale[channel] }
    }

    private func mapped(_ samples: [Float], _ map: (Double, Int) -> Double) -> [Float] {
        var result = samples
        for start in stride(from: 0, to: samples.count, by: scale.count) {
            for channel in scale.indices {
                result[start + channel] = Float(map(Double(samples[start + channel]), channel))
            }
        }
        return result
    }
}
