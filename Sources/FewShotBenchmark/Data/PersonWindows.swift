package import MetaLearning

/// Windows of one person with their classes and features: what methods learn from, adapt to and
/// decide about.
package struct PersonWindows: Sendable, Hashable {
    /// Channels of a window.
    package let channels: Int
    /// The class of each window.
    package private(set) var labels: [Int] = []
    /// The hold of each window, in ascending order; a hold is of one class.
    package private(set) var holds: [Int] = []
    /// What is known of each channel of each window.
    package private(set) var channelWindows: [ChannelWindow] = []
    /// Hudgins' features of each channel, `[windows × channels × 4]`: mean absolute value,
    /// waveform length, zero crossings and changes of slope.
    package private(set) var timeDomain: [Double] = []

    /// How many time-domain features a channel has.
    static let featuresPerChannel = 4

    /// No windows.
    init(channels: Int) {
        self.channels = channels
    }

    /// The windows of one hold.
    ///
    /// - Parameters:
    ///   - channelWindows: `[windows × channels]`.
    ///   - timeDomain: `[windows × channels × 4]`.
    ///   - label: Their class.
    ///   - channels: Channels of a window.
    init(
        _ channelWindows: [ChannelWindow], timeDomain: [Double], label: Int, channels: Int
    ) {
        precondition(
            timeDomain.count == channelWindows.count * Self.featuresPerChannel,
            "features of each channel of each window")
        self.channels = channels
        self.channelWindows = channelWindows
        self.timeDomain = timeDomain
        labels = [Int](repeating: label, count: channelWindows.count / channels)
        holds = [Int](repeating: 0, count: labels.count)
    }

    /// How many windows.
    package var count: Int { labels.count }

    /// The mean absolute value of each channel, `[windows × channels]`.
    package var amplitudes: [Double] { channelWindows.map(\.amplitude) }

    /// Puts other windows behind these.
    mutating func append(_ other: PersonWindows) {
        let first = (holds.last ?? -1) + 1
        holds += other.holds.map { $0 + first }
        labels += other.labels
        channelWindows += other.channelWindows
        timeDomain += other.timeDomain
    }

    /// Some of the windows.
    ///
    /// - Parameter windows: Their numbers in ascending order.
    /// - Returns: As many windows.
    func taking(_ windows: some Sequence<Int>) -> PersonWindows {
        let width = channels * Self.featuresPerChannel
        var result = PersonWindows(channels: channels)
        for window in windows {
            result.labels.append(labels[window])
            result.holds.append(holds[window])
            result.channelWindows += channelWindows[window * channels..<(window + 1) * channels]
            result.timeDomain += timeDomain[window * width..<(window + 1) * width]
        }
        return result
    }

    /// Some of the windows, one after the other.
    subscript(range: Range<Int>) -> PersonWindows { taking(range) }

    /// Every so many-th window.
    ///
    /// - Parameter step: At least 1.
    /// - Returns: Those windows.
    func every(_ step: Int) -> PersonWindows { taking(stride(from: 0, to: count, by: step)) }

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
                result.channelWindows[target] = channelWindows[source]
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
        var result = taking(labels.indices.filter { numbers[labels[$0]] != nil })
        result.labels = result.labels.map { numbers[$0] ?? $0 }
        return result
    }

    /// The numbers of the windows of each hold.
    var windowsOfHolds: [Range<Int>] {
        var result: [Range<Int>] = []
        var first = 0
        for window in 0..<count where window + 1 == count || holds[window + 1] != holds[window] {
            result.append(first..<window + 1)
            first = window + 1
        }
        return result
    }
}
