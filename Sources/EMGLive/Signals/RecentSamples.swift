internal import EMGSignal

/// The newest seconds of a stream.
struct RecentSamples: Sendable {
    private let channelCount: Int
    private let capacity: Int
    private var values: [Float]
    private var rowCount = 0

    /// Creates room for some seconds.
    init(channelCount: Int, rows: Int) {
        self.channelCount = channelCount
        capacity = max(1, rows)
        values = Array(repeating: 0, count: capacity * channelCount)
    }

    /// Takes rows.
    mutating func take(_ rows: Span<Float>) {
        var place = 0
        while place < rows.count {
            let first = rowCount % capacity * channelCount
            for channel in 0..<channelCount { values[first + channel] = rows[place + channel] }
            rowCount += 1
            place += channelCount
        }
    }

    /// Begins anew: what follows does not continue what was before.
    mutating func interrupt() { rowCount = 0 }

    /// The samples, oldest first; `nil` before there are as many as there is room for.
    var whole: SampleMatrix? {
        guard rowCount >= capacity else { return nil }
        let place = rowCount % capacity * channelCount
        return SampleMatrix(
            values: Array(values[place...] + values[..<place]), channelCount: channelCount)
    }
}
