import Foundation
import MetaLearning

/// The features of amplitudes: of each channel the mean and the logarithm of the mean.
struct AmplitudeFeatures {
    private let offset: [Double]
    private let scale: [Double]
    /// What is added to each channel's amplitude, so that silence has a logarithm.
    private let floors: [Double]

    /// More samples below 0 than this share make a signal with both signs; a few come of filters
    /// that overshoot.
    private static let mostNegative = 0.01
    /// The fraction of a channel's mean amplitude that is added to it before the logarithm.
    private static let floor = 0.05

    /// Looks at a support; `nil` unless most of its channels are amplitudes: hardly a sample lies
    /// below 0, and they come near it. What stays far above 0 has an offset.
    ///
    /// - Parameters:
    ///   - support: The windows.
    ///   - coefficients: What they were normalized with.
    init?(
        of support: WindowSet, normalizedWith coefficients: ChannelScaling
    ) {
        let channels = support.channelCount
        guard coefficients.offset.count == channels, support.count > 0 else { return nil }
        (offset, scale) = (coefficients.offset, coefficients.scale)
        var sums = [Double](repeating: 0, count: channels)
        var negative = [Int](repeating: 0, count: channels)
        var lowest = [Double](repeating: .infinity, count: channels)
        for start in support.starts {
            for sample in start..<start + support.windowLength {
                for channel in 0..<channels {
                    let value =
                        Double(support.signal[sample * channels + channel]) * scale[channel]
                        + offset[channel]
                    // Normalized samples come back rounded.
                    if value < -1e-4 * scale[channel] { negative[channel] += 1 }
                    sums[channel] += value
                    lowest[channel] = min(lowest[channel], value)
                }
            }
        }
        let count = support.count * support.windowLength
        let means = sums.map { $0 / Double(count) }
        let amplitudes = (0..<channels).count { channel in
            Double(negative[channel]) <= Self.mostNegative * Double(count)
                && means[channel] > 0 && lowest[channel] < means[channel] / 2
        }
        guard 2 * amplitudes > channels else { return nil }
        floors = means.map { max(Self.floor * $0, .leastNormalMagnitude) }
    }

    /// The features of windows, `[windows × channels × 2]`.
    func rows(of windows: WindowSet) -> [Double] {
        let channels = windows.channelCount
        var result: [Double] = []
        result.reserveCapacity(2 * windows.count * channels)
        for start in windows.starts {
            for channel in 0..<channels {
                var sum = 0.0
                for sample in start..<start + windows.windowLength {
                    sum += Double(windows.signal[sample * channels + channel])
                }
                let mean = sum / Double(windows.windowLength)
                let amplitude = max(0, mean * scale[channel] + offset[channel])
                result += [mean, log(amplitude + floors[channel])]
            }
        }
        return result
    }
}
