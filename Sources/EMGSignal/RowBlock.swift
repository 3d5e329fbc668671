/// Consecutive samples of a recording with their labels and time stamps.
public struct RowBlock: Sendable, Hashable {
    /// The samples, row-major `[rows × channels]`.
    public var samples: [Float] = []
    /// One label a row; empty for an unlabeled recording.
    public var labels: [UInt8] = []
    /// One time a row in seconds; empty when there are none.
    public var timeStamps: [Double] = []
    /// The targets of each row, those of all tracks one after the other; empty when there are
    /// none.
    public var targets: [Float] = []

    /// Creates an empty block.
    public init() {}

    /// Drops the rows and keeps the room.
    public mutating func removeAll() {
        samples.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        timeStamps.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
    }
}
