/// A repetition as it was recorded: what is known of each channel of its windows.
package struct ChannelRepetition: Sendable, Hashable {
    /// The class.
    package let label: Int
    /// `[windows × channels]`, at least one window.
    package let windows: [ChannelWindow]
}

extension WindowSet {
    /// The repetitions that windows are of: windows of one class that follow each other.
    ///
    /// Of windows that follow each other closely, those may be left out that begin less than a
    /// quarter of a window behind one that stays: they say nearly the same, and how far windows
    /// scatter must not depend on how densely they were cut.
    ///
    /// - Parameters:
    ///   - keepsAll: Whether none is left out.
    ///   - stride: Samples from one window to the next; windows that do not overlap belong together
    ///     only if they are no farther from each other than that.
    ///   - scaling: What is given back to the samples that normalization took from them; `nil` for
    ///     nothing.
    /// - Returns: The repetitions in the order of the windows.
    package func channelRepetitions(
        keepsAll: Bool = false, stride: Int = 0, givingBack scaling: ChannelScaling? = nil
    ) -> [ChannelRepetition] {
        let samples = scaling.map { $0.raw(signal) } ?? signal
        let step = keepsAll ? 0 : max(1, windowLength / 4)
        let runs = WindowRuns.ranges(
            starts: starts, labels: labels, reach: max(windowLength, stride))
        var channels = [ChannelWindow](repeating: .silent, count: channelCount)
        return runs.map { run in
            var windows: [ChannelWindow] = []
            var next = starts[run.lowerBound]
            for window in run where starts[window] >= next {
                next = starts[window] + step
                let first = starts[window] * channelCount
                var span = channels.mutableSpan
                ChannelWindow.describe(
                    samples.span.extracting(first..<first + windowWidth), into: &span)
                windows += channels
            }
            return ChannelRepetition(label: Int(labels[run.lowerBound]), windows: windows)
        }
    }
}

extension BandFeatures {
    /// A repetition with its windows' features.
    ///
    /// - Parameter recorded: The repetition as it was recorded.
    /// - Returns: The same with features.
    package func repetition(_ recorded: ChannelRepetition) -> Repetition {
        Repetition(label: recorded.label, rows: rows(recorded.windows), width: width)
    }
}
