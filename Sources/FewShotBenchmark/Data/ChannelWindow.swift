import EMGSignal

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

    /// Describes every channel of every window of a signal.
    ///
    /// - Parameters:
    ///   - samples: The signal.
    ///   - length: Samples of a window, at least 2.
    ///   - stride: Samples from one window to the next, at least 1.
    /// - Returns: `[windows × channels]`.
    static func windows(
        of samples: SampleMatrix, length: Int, stride: Int
    ) -> [ChannelWindow] {
        let channels = samples.channelCount
        let signals = (0..<channels).map(samples.channel)
        let count = Double(length)
        var result: [ChannelWindow] = []
        for first in Swift.stride(from: 0, through: samples.sampleCount - length, by: stride) {
            let range = first..<first + length
            let means = signals.map { signal in
                range.reduce(0) { $0 + signal[$1] } / count
            }
            for channel in 0..<channels {
                let next = (channel + 1) % channels
                let (signal, other) = (signals[channel], signals[next])
                var (amplitude, step, square, product) = (0.0, 0.0, 0.0, 0.0)
                for sample in range {
                    let difference = signal[sample] - means[channel]
                    amplitude += signal[sample].magnitude
                    square += difference * difference
                    product += difference * (other[sample] - means[next])
                    if sample > first { step += (signal[sample] - signal[sample - 1]).magnitude }
                }
                result.append(
                    ChannelWindow(
                        amplitude: amplitude / count, step: step / (count - 1),
                        deviation: (square / count).squareRoot(), covariance: product / count))
            }
        }
        return result
    }
}
