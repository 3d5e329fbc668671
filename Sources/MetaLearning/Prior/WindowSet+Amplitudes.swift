extension WindowSet {
    /// The mean absolute value of each channel of each window.
    ///
    /// - Parameter scaling: What is given back to the samples that normalization took from them;
    ///   `nil` for nothing.
    /// - Returns: `[windows × channels]`, row after row.
    package func meanAmplitudes(givingBack scaling: ChannelScaling? = nil) -> [Double] {
        let scale = scaling?.scale ?? [Double](repeating: 1, count: channelCount)
        let offset = scaling?.offset ?? [Double](repeating: 0, count: channelCount)
        var result: [Double] = []
        result.reserveCapacity(starts.count * channelCount)
        for start in starts {
            for channel in 0..<channelCount {
                var sum = 0.0
                for sample in start..<start + windowLength {
                    let value = Double(signal[sample * channelCount + channel])
                    sum += abs(value * scale[channel] + offset[channel])
                }
                result.append(sum / Double(windowLength))
            }
        }
        return result
    }
}
