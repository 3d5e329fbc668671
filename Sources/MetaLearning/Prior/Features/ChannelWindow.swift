/// What is known of one channel of a window.
package struct ChannelWindow: Sendable, Hashable {
    /// The mean absolute value.
    package let amplitude: Double
    /// The mean absolute difference of neighboring samples.
    package let step: Double
    /// The standard deviation.
    package let deviation: Double
    /// The covariance with the next channel; the last one's next is the first.
    package let covariance: Double

    /// A channel of zeros.
    package static let silent = ChannelWindow(amplitude: 0, step: 0, deviation: 0, covariance: 0)

    /// Describes every channel of a window, without asking for memory.
    ///
    /// - Parameters:
    ///   - window: `[samples × channels]`, row after row, at least two samples.
    ///   - result: Receives a value for each channel.
    package static func describe(
        _ window: Span<Float>, into result: inout MutableSpan<ChannelWindow>
    ) {
        let channels = result.count
        precondition(
            window.count.isMultiple(of: channels) && window.count >= 2 * channels,
            "\(window.count) values are no two samples of \(channels) channels")
        let samples = window.count / channels
        let count = Double(samples)
        let first = mean(of: 0, in: window, channels: channels)
        var own = first
        for channel in 0..<channels {
            let next = (channel + 1) % channels
            let other = next == 0 ? first : mean(of: next, in: window, channels: channels)
            var (amplitude, step, square, product) = (0.0, 0.0, 0.0, 0.0)
            var before = 0.0
            for sample in 0..<samples {
                let value = Double(window[sample * channels + channel])
                let difference = value - own
                amplitude += value.magnitude
                square += difference * difference
                product += difference * (Double(window[sample * channels + next]) - other)
                if sample > 0 { step += (value - before).magnitude }
                before = value
            }
            result[channel] = ChannelWindow(
                amplitude: amplitude / count, step: step / (count - 1),
                deviation: (square / count).squareRoot(), covariance: product / count)
            own = other
        }
    }

    private static func mean(of channel: Int, in window: Span<Float>, channels: Int) -> Double {
        let samples = window.count / channels
        var sum = 0.0
        for sample in 0..<samples { sum += Double(window[sample * channels + channel]) }
        return sum / Double(samples)
    }
}
