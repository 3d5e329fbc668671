internal import EMGFilters

/// Conditions samples one after the other as they come, and begins anew behind each one that is not
/// finite.
struct SampleConditioner: Sendable {
    private var stream: ConditioningStream?
    /// The newest sample as it was conditioned, one number a channel; one that is not finite as it
    /// came.
    private(set) var row: [Double]

    /// Begins at rest.
    ///
    /// - Parameters:
    ///   - stream: The filters; `nil` for samples that are decoded as they are.
    ///   - channelCount: Channels of a sample.
    init(_ stream: ConditioningStream?, channelCount: Int) {
        self.stream = stream
        row = Array(repeating: 0, count: channelCount)
    }

    /// Conditions the next sample into ``row``.
    ///
    /// - Parameter sample: One number a channel.
    /// - Returns: Whether all of its numbers are finite.
    mutating func take(_ sample: Span<Float>) -> Bool {
        var isFinite = true
        for channel in 0..<row.count {
            row[channel] = Double(sample[channel])
            isFinite = isFinite && sample[channel].isFinite
        }
        guard isFinite else {
            reset()
            return false
        }
        // Taken out while it is worked on, so that the memory is changed in place.
        var taken: [Double] = []
        swap(&taken, &row)
        var span = taken.mutableSpan
        stream?.process(&span)
        swap(&taken, &row)
        return true
    }

    /// Begins anew: the next sample does not continue what was before.
    mutating func reset() { stream?.reset() }

    /// The mean absolute value over channels of the newest sample.
    var level: Double {
        var sum = 0.0
        for channel in 0..<row.count { sum += abs(row[channel]) }
        return sum / Double(row.count)
    }
}
