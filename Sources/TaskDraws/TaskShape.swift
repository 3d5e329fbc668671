/// What of a task its draw depends on.
public struct TaskShape: Sendable, Hashable {
    /// Channels of a sample, at least 1.
    public let channelCount: Int
    /// Electrodes round the limb: all channels of a ring, the columns of a grid whose channels lie
    /// row by row.
    public let columnCount: Int
    /// How many classes there are; 0 for a regression.
    public let classCount: Int
    /// The class of each window of the support, in the order of the recording.
    public let supportLabels: [UInt8]

    /// Creates a shape.
    ///
    /// - Parameters:
    ///   - channelCount: Channels of a sample, at least 1.
    ///   - columnCount: The columns of a grid; a ring of all channels when `nil`.
    ///   - classCount: How many classes there are; 0 for a regression.
    ///   - supportLabels: The class of each window of the support.
    public init(
        channelCount: Int, columnCount: Int? = nil, classCount: Int, supportLabels: [UInt8]
    ) {
        precondition(
            channelCount >= 1 && channelCount.isMultiple(of: columnCount ?? 1),
            "\(channelCount) channels in rows of \(columnCount ?? channelCount)")
        self.channelCount = channelCount
        self.columnCount = columnCount ?? channelCount
        self.classCount = classCount
        self.supportLabels = supportLabels
    }

    /// The classes that the support has windows of, in order; none for a regression.
    public var shownClasses: [Int] {
        classCount == 0 ? [] : Set(supportLabels).map(Int.init).sorted()
    }
}
