package import EMGSignal

/// Measures how long after each prompt a person began to move, while the signal comes.
///
/// It keeps no more of the signal than one measurement needs.
package struct ReactionMeter: Sendable {
    /// How much of the signal before a prompt is its rest, in seconds.
    private static let restSeconds = 1.0
    /// How long a movement is waited for, in seconds.
    private static let searchSeconds = 3.0

    private struct Prompt: Sendable {
        let sample: Int
        let end: Int
    }

    private let rate: SamplingRate
    private let channelCount: Int
    private var samples: [Float] = []
    /// The sample of the stream that the first row kept is.
    private var first = 0
    private var waiting: Prompt?
    private var offsets: [Int: Double] = [:]

    /// Creates a meter for a stream whose first sample is yet to come.
    package init(rate: SamplingRate, channelCount: Int) {
        self.rate = rate
        self.channelCount = channelCount
    }

    private var position: Int { first + samples.count / channelCount }

    /// Says that the person is asked for a movement; one asked for before is over.
    ///
    /// - Parameters:
    ///   - sample: When, not long before the last sample that was taken.
    ///   - holdSamples: How long the movement is held.
    package mutating func prompt(at sample: Int, holdSamples: Int) {
        let search = min(holdSamples, rate.samples(inSeconds: Self.searchSeconds))
        waiting = Prompt(sample: sample, end: sample + search)
    }

    /// Takes whole rows of all channels, row-major, not more than some tenths of a second of them.
    package mutating func take(_ rows: Span<Float>) {
        for index in rows.indices { samples.append(rows[index]) }
        if let prompt = waiting, position >= prompt.end {
            measure(prompt)
            waiting = nil
        }
        trim()
    }

    /// Says that samples did not come: movements that they may hide are not measured.
    package mutating func lose(_ count: Int) {
        let next = position + count
        samples.removeAll(keepingCapacity: true)
        first = next
        waiting = nil
    }

    /// How long after a prompt the movement began.
    ///
    /// - Parameter prompt: The sample of the prompt.
    /// - Returns: Seconds; `nil` when none was seen, or not yet.
    package func offset(ofPrompt prompt: Int) -> Double? { offsets[prompt] }

    private mutating func measure(_ prompt: Prompt) {
        let rest = max(first, prompt.sample - rate.samples(inSeconds: Self.restSeconds))
        let range = (rest - first) * channelCount..<(prompt.end - first) * channelCount
        offsets[prompt.sample] = reactionOffset(
            Array(samples[range]), channelCount: channelCount, prompt: prompt.sample - rest,
            rate: rate)
    }

    private mutating func trim() {
        let kept = rate.samples(inSeconds: Self.restSeconds + Self.searchSeconds) + 1
        let excess = samples.count / channelCount - kept
        // In large pieces, so that rows are not moved for every block.
        guard excess > kept else { return }
        samples.removeFirst(excess * channelCount)
        first += excess
    }
}
