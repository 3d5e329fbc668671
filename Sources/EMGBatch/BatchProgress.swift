/// How far a batch is.
public struct BatchProgress: Sendable, Hashable {
    /// Inputs that are done, refused ones included.
    public var doneItems = 0
    /// Inputs that were refused.
    public var refusedItems = 0
    /// Inputs in all.
    public var totalItems: Int
    /// Bytes of the inputs that have been read or passed over.
    public var doneBytes = 0
    /// Bytes of the inputs in all; 0 when they are not counted.
    public var totalBytes: Int

    /// Creates the progress of a batch that has not begun.
    package init(totalItems: Int, totalBytes: Int) {
        self.totalItems = totalItems
        self.totalBytes = totalBytes
    }

    /// The part that is done, from 0 to 1.
    public var fraction: Double {
        if totalBytes > 0 { return min(1, Double(doneBytes) / Double(totalBytes)) }
        return totalItems > 0 ? Double(doneItems) / Double(totalItems) : 1
    }
}
