/// Rows that wait to be written, in memory that was asked for once.
///
/// Rows are numbered by the stream: what did not come, or found no room, leaves numbers out.
package struct RecordingQueue: Sendable {
    /// Where numbers are left out.
    private struct Jump: Sendable {
        /// The row behind, counted from the first that was ever taken in.
        let row: Int
        /// How many numbers are left out.
        let count: Int
    }

    /// Rows that were taken out, all with their numbers in order.
    package struct Piece: Sendable {
        /// The values of whole rows, row-major.
        package private(set) var values: [Float] = []
        /// The number of each row.
        package private(set) var samples: [Int] = []

        /// No rows.
        package init() {}

        fileprivate mutating func removeAll() {
            values.removeAll(keepingCapacity: true)
            samples.removeAll(keepingCapacity: true)
        }

        fileprivate mutating func append(_ sample: Int, _ row: ArraySlice<Float>) {
            values += row
            samples.append(sample)
        }
    }

    /// Channels of a row.
    package let channelCount: Int
    /// The number of the next row of the stream.
    package private(set) var position = 0
    private var room: [Float]
    private let rowCapacity: Int
    /// Rows ever taken in and out.
    private var takenIn = 0
    private var takenOut = 0
    private var jumps: [Jump] = []
    private var pendingJump = 0
    private var nextSample = 0

    /// Asks for the memory.
    ///
    /// - Parameters:
    ///   - channelCount: Channels of a row, at least 1.
    ///   - rowCapacity: How many rows may wait, at least 1.
    package init(channelCount: Int, rowCapacity: Int) {
        self.channelCount = channelCount
        self.rowCapacity = rowCapacity
        room = Array(repeating: 0, count: rowCapacity * channelCount)
    }

    /// Rows that wait.
    package var count: Int { takenIn - takenOut }

    /// Lets numbers of the stream pass without a row.
    package mutating func skip(_ samples: Int) {
        position += samples
        pendingJump += samples
    }

    /// Takes rows in.
    ///
    /// - Parameter rows: Whole rows, row-major.
    /// - Returns: How many found no room; their numbers are left out.
    package mutating func append(_ rows: Span<Float>) -> Int {
        let rowCount = rows.count / channelCount
        let accepted = min(rowCount, rowCapacity - count)
        if accepted > 0, pendingJump > 0 {
            jumps.append(Jump(row: takenIn, count: pendingJump))
            pendingJump = 0
        }
        for row in 0..<accepted {
            let place = takenIn % rowCapacity * channelCount
            for channel in 0..<channelCount {
                room[place + channel] = rows[row * channelCount + channel]
            }
            takenIn += 1
        }
        position += accepted
        if accepted < rowCount { skip(rowCount - accepted) }
        return rowCount - accepted
    }

    /// Takes the oldest rows out.
    ///
    /// - Parameters:
    ///   - most: How many at most.
    ///   - piece: What they replace, so that its memory is used again.
    package mutating func take(atMost most: Int, into piece: inout Piece) {
        piece.removeAll()
        for _ in 0..<min(most, count) {
            if let jump = jumps.first, jump.row == takenOut {
                nextSample += jump.count
                jumps.removeFirst()
            }
            let place = takenOut % rowCapacity * channelCount
            piece.append(nextSample, room[place..<place + channelCount])
            nextSample += 1
            takenOut += 1
        }
    }

    /// Drops what waits.
    package mutating func removeAll() {
        var piece = Piece()
        take(atMost: count, into: &piece)
    }
}
