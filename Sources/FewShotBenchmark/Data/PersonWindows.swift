/// Windows of one person with their classes and features: what methods learn from, adapt to and
/// decide about.
package struct PersonWindows: Sendable, Hashable {
    /// Channels of a window.
    package let channels: Int
    /// The class of each window.
    package private(set) var labels: [Int] = []
    /// The mean absolute value of each channel, `[windows × channels]`.
    package private(set) var amplitudes: [Double] = []
    /// Hudgins' features of each channel, `[windows × channels × 4]`: mean absolute value,
    /// waveform length, zero crossings and changes of slope.
    package private(set) var timeDomain: [Double] = []

    /// How many time-domain features a channel has.
    static let featuresPerChannel = 4

    /// No windows.
    init(channels: Int) {
        self.channels = channels
    }

    /// Windows of one class.
    ///
    /// - Parameters:
    ///   - timeDomain: `[windows × channels × 4]`, of each channel the mean absolute value first.
    ///   - label: Their class.
    ///   - channels: Channels of a window.
    init(timeDomain: [Double], label: Int, channels: Int) {
        self.init(channels: channels)
        self.timeDomain = timeDomain
        amplitudes = stride(from: 0, to: timeDomain.count, by: Self.featuresPerChannel).map {
            timeDomain[$0]
        }
        labels = [Int](repeating: label, count: amplitudes.count / channels)
    }

    /// How many windows.
    package var count: Int { labels.count }

    /// The waveform length of each channel, `[windows × channels]`.
    package var waveformLengths: [Double] {
        stride(from: 1, to: timeDomain.count, by: Self.featuresPerChannel).map { timeDomain[$0] }
    }

    /// Puts windows behind these.
    mutating func append(_ other: PersonWindows) {
        labels += other.labels
        amplitudes += other.amplitudes
        timeDomain += other.timeDomain
    }

    /// Some of the windows, one after the other.
    subscript(range: Range<Int>) -> PersonWindows {
        let width = channels * Self.featuresPerChannel
        var result = PersonWindows(channels: channels)
        result.labels = Array(labels[range])
        result.amplitudes = Array(
            amplitudes[range.lowerBound * channels..<range.upperBound * channels])
        result.timeDomain = Array(timeDomain[range.lowerBound * width..<range.upperBound * width])
        return result
    }

    /// Every so many-th window.
    ///
    /// - Parameter step: At least 1.
    func every(_ step: Int) -> PersonWindows {
        var result = PersonWindows(channels: channels)
        for window in stride(from: 0, to: count, by: step) {
            result.append(self[window..<window + 1])
        }
        return result
    }

    /// The windows as they were had the band been put on turned.
    ///
    /// - Parameter turn: By how many channels: channel `c` becomes channel `c + turn`.
    /// - Returns: As many windows.
    package func turned(by turn: Int) -> PersonWindows {
        guard turn != 0 else { return self }
        var result = self
        for window in 0..<count {
            for channel in 0..<channels {
                let source = window * channels + channel
                let target = window * channels + (channel + turn) % channels
                result.amplitudes[target] = amplitudes[source]
                for feature in 0..<Self.featuresPerChannel {
                    result.timeDomain[target * Self.featuresPerChannel + feature] =
                        timeDomain[source * Self.featuresPerChannel + feature]
                }
            }
        }
        return result
    }

    /// The windows with other numbers for their classes.
    ///
    /// - Parameter numbers: The new number of each class that occurs.
    /// - Returns: The windows of those classes.
    func relabeled(_ numbers: [Int: Int]) -> PersonWindows {
        var result = PersonWindows(channels: channels)
        for window in 0..<count {
            guard let number = numbers[labels[window]] else { continue }
            var one = self[window..<window + 1]
            one.labels = [number]
            result.append(one)
        }
        return result
    }
}
