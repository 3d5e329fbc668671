import EMGSignal
import MetaLearning

extension ChannelWindow {
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
        var window = [ChannelWindow](repeating: .silent, count: channels)
        var result: [ChannelWindow] = []
        for first in Swift.stride(from: 0, through: samples.sampleCount - length, by: stride) {
            var span = window.mutableSpan
            describe(
                samples.values.span.extracting(first * channels..<(first + length) * channels),
                into: &span)
            result += window
        }
        return result
    }
}
