private import Foundation

/// The features by which the prior sees windows, block by block with a number for each channel: the
/// logarithm and the square root of amplitude, the logarithm of steps over amplitude (how fast the
/// signal is), and how far neighboring electrodes go together (Fisher's z of their correlation).
package struct BandFeatures: Sendable, Hashable {
    /// How features are computed.
    package struct Settings: Sendable, Hashable {
        /// What amplitudes are divided by, above 0, in their unit.
        package var scale: Double
        /// Whether channels are a ring: otherwise nothing is turned.
        package var isRing: Bool
        /// What is added to amplitudes on that scale, so that silence has a logarithm.
        package var floor = LogAmplitude.standardFloor
        /// What square roots are multiplied by, so that they scatter as the logarithms do.
        package var rootWeight = 5.0
        /// Correlations beyond are taken for this one, below 1.
        package var largestCorrelation = 0.95

        /// The settings with the standard numbers.
        ///
        /// - Parameters:
        ///   - scale: What amplitudes are divided by, above 0, in their unit.
        ///   - isRing: Whether channels are a ring.
        package init(scale: Double = 1, isRing: Bool = false) {
            (self.scale, self.isRing) = (scale, isRing)
        }
    }

    /// How they are computed.
    package let settings: Settings
    /// Channels of a window.
    package let channels: Int
    /// Whether neighboring channels are compared; the last one's next is the first.
    package let hasGaps: Bool

    /// Creates features.
    ///
    /// - Parameters:
    ///   - settings: How they are computed.
    ///   - channels: Channels of a window, at least 1.
    ///   - hasGaps: Whether neighboring channels are compared; those of a ring when `nil`.
    package init(_ settings: Settings, channels: Int, hasGaps: Bool? = nil) {
        precondition(settings.scale > 0 && channels >= 1, "a scale and channels")
        self.settings = settings
        self.channels = channels
        self.hasGaps = hasGaps ?? settings.isRing
    }

    /// Features of a window.
    package var width: Int { (hasGaps ? 4 : 3) * channels }

    /// How features may lie turned.
    package var turns: FeatureTurns {
        settings.isRing
            ? .band(channels: channels, electrodeBlocks: 3, gapBlocks: hasGaps ? 1 : 0) : .none
    }

    /// The features of windows.
    ///
    /// - Parameter windows: What is known of each channel of each window, `[windows × channels]`.
    /// - Returns: `[windows × width]`.
    package func rows(_ windows: [ChannelWindow]) -> [Double] {
        let count = windows.count / channels
        var result = [Double](repeating: 0, count: count * width)
        var span = result.mutableSpan
        for window in 0..<count {
            var row = span._mutatingExtracting(window * width..<(window + 1) * width)
            write(
                windows.span.extracting(window * channels..<(window + 1) * channels), into: &row)
        }
        return result
    }

    /// Computes the features of a window, without asking for memory.
    ///
    /// - Parameters:
    ///   - window: What is known of each channel.
    ///   - row: Receives ``width`` numbers.
    package func write(_ window: Span<ChannelWindow>, into row: inout MutableSpan<Double>) {
        precondition(window.count == channels && row.count == width, "a window and its features")
        let (scale, floor) = (settings.scale, settings.floor)
        for channel in 0..<channels {
            let amplitude = window[channel].amplitude / scale
            row[channel] = log(amplitude + floor)
            row[channels + channel] = settings.rootWeight * amplitude.squareRoot()
            row[2 * channels + channel] = log(
                (window[channel].step / scale + floor) / (amplitude + floor))
            guard hasGaps else { continue }
            let next = channel + 1 == channels ? 0 : channel + 1
            let deviations =
                (window[channel].deviation / scale + floor)
                * (window[next].deviation / scale + floor)
            let correlation = window[channel].covariance / (scale * scale) / deviations
            row[3 * channels + channel] = atanh(
                min(
                    settings.largestCorrelation, max(-settings.largestCorrelation, correlation)))
        }
    }
}
