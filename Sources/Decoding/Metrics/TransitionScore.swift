internal import Statistics

/// How well changes of intent are followed: what an orthosis feels like, which accuracy does not
/// tell.
///
/// The definition is that of ReactEMG (Wang et al., "ReactEMG: Stable, Low-Latency Intent
/// Detection from sEMG via Masked Modeling", arXiv 2506.19815) in its strict form. Each change of
/// the label from A to B is an event. It has a *buffer*, ``halfWidth`` seconds to either side of
/// the change but not beyond the events next to it, and a segment of *maintenance* from the
/// buffer's end to the next one's begin. The event is followed when
///
/// 1. nothing but A and B is predicted in the buffer,
/// 2. somewhere in it A is predicted and B right after, and
/// 3. nothing but B is predicted during maintenance.
///
/// Latency is the time between the label's change and the nearest change from A to B that was
/// predicted, over events that were followed; delay is the same with its sign, negative when the
/// change was predicted early. Stability is the fraction of segments of maintenance, of events whether
/// followed or not, during which the predicted class never changes.
package struct TransitionScore: Sendable, Hashable {
    /// Seconds of a buffer to either side of a change: the reference's 400 samples of 200 Hz.
    package static let halfWidth = 2.0

    /// How many changes were asked for.
    package private(set) var eventCount = 0
    /// How many of them were followed.
    package private(set) var followedCount = 0
    /// The delay of each change that was followed, in seconds.
    package private(set) var delays: [Double] = []
    /// How many segments of maintenance there are that have windows.
    package private(set) var segmentCount = 0
    /// In how many of them the predicted class never changes.
    package private(set) var steadyCount = 0

    /// The fraction of events that were followed; `nil` without events.
    package var accuracy: Double? {
        eventCount > 0 ? Double(followedCount) / Double(eventCount) : nil
    }

    /// The mean time between a change and its prediction, in seconds; `nil` when none was followed.
    package var latency: Double? { delays.map(abs).mean }

    /// The mean delay in seconds, negative when changes are predicted early; `nil` when none was
    /// followed.
    package var delay: Double? { delays.mean }

    /// The fraction of segments of maintenance without a change; `nil` without segments.
    package var stability: Double? {
        segmentCount > 0 ? Double(steadyCount) / Double(segmentCount) : nil
    }

    /// Evaluates what was predicted of one recording.
    ///
    /// Windows that do not follow each other, such as those before and after a segment used as
    /// support, are evaluated apart.
    ///
    /// - Parameters:
    ///   - starts: The first sample of each window, ascending.
    ///   - labels: The true classes, as many.
    ///   - predictions: What was predicted, as many.
    ///   - rate: Samples a second, above 0.
    ///   - reach: The farthest that the starts of windows which follow each other lie apart, in
    ///     samples.
    ///   - halfWidth: Seconds of a buffer to either side of a change, above 0.
    package init(
        starts: [Int], labels: [UInt8], predictions: [UInt8], rate: Double, reach: Int,
        halfWidth: Double = TransitionScore.halfWidth
    ) {
        precondition(
            starts.count == labels.count && starts.count == predictions.count,
            "\(starts.count) windows, \(labels.count) labels and \(predictions.count) predicted")
        precondition(rate > 0 && halfWidth > 0, "rate and buffer are above 0")
        var first = 0
        for index in starts.indices
        where index + 1 == starts.count || starts[index + 1] - starts[index] > reach {
            evaluate(
                starts[first...index], labels[first...index], predictions[first...index],
                rate: rate, halfWidth: halfWidth * rate)
            first = index + 1
        }
    }

    /// Adds the changes of another recording.
    ///
    /// - Parameter other: The other recording's score.
    package mutating func add(_ other: TransitionScore) {
        eventCount += other.eventCount
        followedCount += other.followedCount
        delays += other.delays
        segmentCount += other.segmentCount
        steadyCount += other.steadyCount
    }

    private mutating func evaluate(
        _ starts: ArraySlice<Int>, _ labels: ArraySlice<UInt8>, _ predicted: ArraySlice<UInt8>,
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
                segmentCount += 1
                let isSteady = maintenance.dropFirst().allSatisfy {
                    predicted[$0] == predicted[$0 - 1]
                }
                if isSteady { steadyCount += 1 }
            }
            let found = buffer.dropFirst().filter {
                predicted[$0 - 1] == old && predicted[$0] == new
            }
            guard buffer.allSatisfy({ predicted[$0] == old || predicted[$0] == new }),
                maintenance.allSatisfy({ predicted[$0] == new }),
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
