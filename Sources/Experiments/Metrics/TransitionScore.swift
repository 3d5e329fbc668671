/// How well changes of intent are followed: what an orthosis feels like, which accuracy does not
/// tell.
///
/// The definition is that of ReactEMG (Wang et al., "ReactEMG: Stable, Low-Latency Intent
/// Detection from sEMG via Masked Modeling", arXiv 2506.19815) in its strict form. Each change of
/// the label from A to B is an event. It has a *buffer*, ``halfWidth`` seconds to either side of
/// the change but not beyond the events next to it, and a stretch of *maintenance* from the
/// buffer's end to the next one's begin. The event is followed when
///
/// 1. nothing but A and B is told in the buffer,
/// 2. somewhere in it A is told and B right after, and
/// 3. nothing but B is told during maintenance.
///
/// Latency is the time between the label's change and the nearest change from A to B that was
/// told, over events that were followed; delay is the same with its sign, negative when the
/// change was told early. Stability is the share of stretches of maintenance, of events whether
/// followed or not, during which the told class never changes.
public struct TransitionScore: Sendable, Hashable {
    /// Seconds of a buffer to either side of a change: the reference's 400 samples of 200 Hz.
    public static let halfWidth = 2.0

    /// How many changes were asked for.
    public private(set) var eventCount = 0
    /// How many of them were followed.
    public private(set) var followedCount = 0
    /// The delay of each change that was followed, in seconds.
    public private(set) var delays: [Double] = []
    /// How many stretches of maintenance there are that have windows.
    public private(set) var stretchCount = 0
    /// In how many of them the told class never changes.
    public private(set) var steadyCount = 0

    /// The share of events that were followed; `nil` without events.
    public var accuracy: Double? {
        eventCount > 0 ? Double(followedCount) / Double(eventCount) : nil
    }

    /// The mean time between a change and its telling, in seconds; `nil` when none was followed.
    public var latency: Double? { delays.map(abs).mean }

    /// The mean delay in seconds, negative when changes are told early; `nil` when none was
    /// followed.
    public var delay: Double? { delays.mean }

    /// The share of stretches of maintenance without a change; `nil` without stretches.
    public var stability: Double? {
        stretchCount > 0 ? Double(steadyCount) / Double(stretchCount) : nil
    }

    /// Judges what was told of one recording.
    ///
    /// Windows that do not follow each other, such as those before and after a stretch used as
    /// support, are judged apart.
    ///
    /// - Parameters:
    ///   - starts: The first sample of each window, ascending.
    ///   - labels: What was asked for, as many.
    ///   - predictions: What was told, as many.
    ///   - rate: Samples a second, above 0.
    ///   - reach: The farthest that the starts of windows which follow each other lie apart, in
    ///     samples.
    ///   - halfWidth: Seconds of a buffer to either side of a change, above 0.
    public init(
        starts: [Int], labels: [UInt8], predictions: [UInt8], rate: Double, reach: Int,
        halfWidth: Double = TransitionScore.halfWidth
    ) {
        precondition(
            starts.count == labels.count && starts.count == predictions.count,
            "\(starts.count) windows, \(labels.count) labels and \(predictions.count) told")
        precondition(rate > 0 && halfWidth > 0, "rate and buffer are above 0")
        var first = 0
        for index in starts.indices
        where index + 1 == starts.count || starts[index + 1] - starts[index] > reach {
            judge(
                starts[first...index], labels[first...index], predictions[first...index],
                rate: rate, halfWidth: halfWidth * rate)
            first = index + 1
        }
    }

    private mutating func judge(
        _ starts: ArraySlice<Int>, _ labels: ArraySlice<UInt8>, _ told: ArraySlice<UInt8>,
        rate: Double, halfWidth: Double
    ) {
        let changes = labels.indices.dropFirst().filter { labels[$0] != labels[$0 - 1] }
        let buffers = Self.buffers(around: changes, starts, halfWidth)
        for (event, change) in changes.enumerated() {
            let buffer = buffers[event]
            let end = event + 1 < buffers.count ? buffers[event + 1].lowerBound : labels.endIndex
            let maintenance = buffer.upperBound..<max(buffer.upperBound, end)
            let (old, new) = (labels[change - 1], labels[change])
            eventCount += 1
            if !maintenance.isEmpty {
                stretchCount += 1
                let isSteady = maintenance.dropFirst().allSatisfy { told[$0] == told[$0 - 1] }
                if isSteady { steadyCount += 1 }
            }
            let found = buffer.dropFirst().filter { told[$0 - 1] == old && told[$0] == new }
            guard buffer.allSatisfy({ told[$0] == old || told[$0] == new }),
                maintenance.allSatisfy({ told[$0] == new }),
                let nearest = found.min(by: {
                    abs(starts[$0] - starts[change]) < abs(starts[$1] - starts[change])
                })
            else { continue }
            followedCount += 1
            delays.append(Double(starts[nearest] - starts[change]) / rate)
        }
    }

    /// The windows near each change, none twice; each has the last window before the change and
    /// the first one after it.
    private static func buffers(
        around changes: [Int], _ starts: ArraySlice<Int>, _ halfWidth: Double
    ) -> [Range<Int>] {
        var buffers: [Range<Int>] = []
        for (event, change) in changes.enumerated() {
            // What lies before the buffer of the event before this one is not looked at again.
            var first = change
            let earliest = buffers.last?.upperBound ?? starts.startIndex
            while first > earliest, Double(starts[change] - starts[first - 1]) <= halfWidth {
                first -= 1
            }
            // The last window before the next change belongs to that one's buffer.
            let latest = event + 1 < changes.count ? changes[event + 1] - 1 : starts.endIndex
            var end = change + 1
            while end < latest, Double(starts[end] - starts[change]) < halfWidth { end += 1 }
            buffers.append(min(first, change)..<end)
        }
        return buffers
    }
}
