/// Windows as views: where each begins and which class it has.
public struct LabeledWindows: Sendable, Hashable {
    /// The first sample of each window.
    public var starts: [Int]
    /// The class of each window.
    public var labels: [UInt8]

    /// Creates windows.
    ///
    /// - Parameters:
    ///   - starts: The first sample of each.
    ///   - labels: The class of each.
    public init(starts: [Int], labels: [UInt8]) {
        precondition(starts.count == labels.count, "one label a window")
        self.starts = starts
        self.labels = labels
    }

    /// How many windows.
    public var count: Int { starts.count }

    /// How many windows of each class.
    ///
    /// - Parameter classes: The number of classes, above every label; 0 when there are none.
    /// - Returns: One count a class.
    public func counts(classes: Int) -> [Int] {
        guard classes > 0 else { return [] }
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        return counts
    }
}
