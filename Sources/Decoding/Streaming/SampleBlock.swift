/// Samples as they arrived, in memory that was asked for once.
package struct SampleBlock: Sendable {
    /// The most values that a block has room for.
    package static let capacity = 1 << 16
    /// The most channels that a stream may have: a few rows of them always have room.
    package static let mostChannels = 4_096

    /// Channels of a row.
    package private(set) var channelCount = 1
    /// Packets that the rows came in.
    package var packetCount = 0
    /// When the last byte of the last row arrived, by ``MonotonicClock``.
    package var arrival: UInt64 = 0
    /// How long the last row was on its way, in nanoseconds; `nil` when the sender does not say.
    package var transit: UInt64?
    /// Room for values, of which the first ``valueCount`` are the rows, row-major
    /// `[rows × channels]`.
    package private(set) var values: [Float]
    /// Values in the block: whole rows.
    package private(set) var valueCount = 0

    /// Asks for the memory.
    package init() {
        values = Array(repeating: 0, count: Self.capacity)
    }

    /// Rows in the block.
    package var rowCount: Int { valueCount / channelCount }
    /// Rows that there is still room for.
    package var room: Int { (Self.capacity - valueCount) / channelCount }

    /// Drops the rows and keeps the room.
    ///
    /// - Parameter channelCount: Channels of the rows that follow, at most ``mostChannels``.
    package mutating func begin(channelCount: Int) {
        precondition(
            (1...Self.mostChannels).contains(channelCount), "\(channelCount) channels in a block")
        self.channelCount = channelCount
        packetCount = 0
        transit = nil
        valueCount = 0
    }

    /// Appends the next value of a row; there must be room.
    @inline(__always)
    package mutating func append(_ value: Float) {
        values[valueCount] = value
        valueCount += 1
    }

    /// Appends whole rows; there must be room.
    package mutating func append(_ rows: Span<Float>) {
        for index in rows.indices { values[valueCount + index] = rows[index] }
        valueCount += rows.count
    }
}
