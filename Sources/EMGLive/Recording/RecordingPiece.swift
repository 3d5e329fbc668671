/// Rows on their way from the queue to the file, as text; kept until the disk has taken them.
struct RecordingPiece {
    /// Rows that are written at a time, at most.
    private static let most = 4_096

    /// The lines of the rows.
    private(set) var text: [UInt8] = []
    /// How many rows are not in the file yet.
    private(set) var count = 0
    /// The number of the first row of the recording; `nil` before it.
    private(set) var firstSample: Int?
    private var rows = RecordingQueue.Piece()

    /// Takes the next rows; nothing may be left of those before.
    mutating func take(from queue: inout RecordingQueue) {
        queue.take(atMost: Self.most, into: &rows)
        count = rows.samples.count
    }

    /// Makes lines of the rows.
    mutating func write() {
        text.removeAll(keepingCapacity: true)
        let channelCount = rows.values.count / max(1, count)
        for (row, sample) in rows.samples.enumerated() {
            if firstSample == nil { firstSample = sample }
            let first = row * channelCount
            SampleText.append(sample, rows.values[first..<first + channelCount], to: &text)
        }
    }

    /// Says that the rows are in the file.
    ///
    /// - Returns: How many they were.
    mutating func settle() -> Int {
        defer { count = 0 }
        return count
    }
}
