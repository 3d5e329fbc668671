private import Foundation
package import MetaLearning

/// What a discriminant sees of a window: one or several numbers for each channel, side by side.
package struct WindowFeatures: Sendable, Hashable {
    /// Which numbers.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The logarithm of the mean absolute value.
        case logAmplitude = "log_amplitude"
        /// Hudgins' features: mean absolute value, waveform length, zero crossings and changes of
        /// slope.
        case timeDomain = "time_domain"

        /// Numbers for each channel.
        package var perChannel: Int { self == .logAmplitude ? 1 : 4 }
    }

    /// Which numbers.
    package let kind: Kind
    /// How amplitudes become logarithms.
    package let amplitude: LogAmplitude

    /// Creates the features.
    ///
    /// - Parameters:
    ///   - kind: Which numbers.
    ///   - amplitude: How amplitudes become logarithms.
    package init(_ kind: Kind, amplitude: LogAmplitude = LogAmplitude(scale: 1)) {
        self.kind = kind
        self.amplitude = amplitude
    }

    /// Computes the features of one window, without asking for memory.
    ///
    /// - Parameters:
    ///   - window: `[samples × channels]`, row after row, at least one sample.
    ///   - channelCount: Channels of the window.
    ///   - features: Receives `[channels × numbers]`.
    func compute(
        _ window: Span<Float>, channelCount: Int, into features: inout MutableSpan<Double>
    ) {
        switch kind {
        case .logAmplitude:
            for channel in 0..<channelCount {
                features[channel] = log(
                    Self.amplitude(of: window, channel, channelCount) / amplitude.scale
                        + amplitude.floor)
            }
        case .timeDomain:
            for channel in 0..<channelCount {
                Self.timeDomain(of: window, channel, channelCount, into: &features)
            }
        }
    }

    private static func amplitude(
        of window: Span<Float>, _ channel: Int, _ channelCount: Int
    ) -> Double {
        let count = window.count / channelCount
        var sum = 0.0
        for sample in 0..<count { sum += abs(Double(window[sample * channelCount + channel])) }
        return sum / Double(count)
    }

    /// As `MeanAbsoluteValue`, `WaveformLength`, `ZeroCrossings` and `SlopeSignChanges` of the
    /// features' module have it, which ask for memory.
    private static func timeDomain(
        of window: Span<Float>, _ channel: Int, _ channelCount: Int,
        into features: inout MutableSpan<Double>
    ) {
        var (length, crossings, turns) = (0.0, 0.0, 0.0)
        var (before, step) = (Double(window[channel]), 0.0)
        for sample in 1..<max(1, window.count / channelCount) {
            let value = Double(window[sample * channelCount + channel])
            let next = value - before
            length += abs(next)
            if before * value < 0 { crossings += 1 }
            // The step to the sample and the one from it go opposite ways.
            if sample > 1, step * -next > 0 { turns += 1 }
            (before, step) = (value, next)
        }
        let first = channel * Kind.timeDomain.perChannel
        features[first] = amplitude(of: window, channel, channelCount)
        features[first + 1] = length
        features[first + 2] = crossings
        features[first + 3] = turns
    }

    /// The features of windows.
    ///
    /// - Parameter windows: The windows, in the channels' units.
    /// - Returns: `[windows × channels × numbers]`.
    package func rows(of windows: WindowSet) -> [Double] {
        let width = windows.channelCount * kind.perChannel
        var result = [Double](repeating: 0, count: windows.count * width)
        var span = result.mutableSpan
        for (place, start) in windows.starts.enumerated() {
            let first = start * windows.channelCount
            var row = span._mutatingExtracting(place * width..<(place + 1) * width)
            compute(
                windows.signal.span.extracting(first..<first + windows.windowWidth),
                channelCount: windows.channelCount, into: &row)
        }
        return result
    }
}
