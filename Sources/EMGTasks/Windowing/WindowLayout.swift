public import EMGArchive
public import EMGSignal

/// How a signal is cut into windows: a window is a view, its first sample and a length that all
/// windows share.
public struct WindowLayout: Sendable, Hashable {
    /// Samples in a window, at least 1.
    public let length: Int
    /// Samples from one window's start to the next one's, at least 1.
    public let stride: Int
    /// Which label a window gets.
    public let labelRule: LabelRule

    /// Creates a layout.
    ///
    /// - Parameters:
    ///   - length: Samples in a window, at least 1.
    ///   - stride: Samples between the starts of neighbors, at least 1.
    ///   - labelRule: Which label a window gets.
    public init(length: Int, stride: Int, labelRule: LabelRule = .last) {
        precondition(length >= 1, "a window has at least 1 sample, got \(length)")
        precondition(stride >= 1, "a stride is at least 1 sample, got \(stride)")
        self.length = length
        self.stride = stride
        self.labelRule = labelRule
    }

    /// The windows that lie wholly in one of the ranges: none reaches across from one range into
    /// another, so none straddles a gap or the border of support and query.
    ///
    /// In a range of *n* samples there are ⌊(n − length) / stride⌋ + 1, beginning at its start.
    ///
    /// - Parameters:
    ///   - ranges: Where windows may lie, in order, without overlap.
    ///   - labels: The label of every sample of the recording; empty for an unlabeled one, whose
    ///     windows all have label 0.
    /// - Returns: Starts and labels of the windows, in order.
    public func windows(in ranges: [SampleRange], labels: [UInt8]) -> LabeledWindows {
        var result = LabeledWindows(starts: [], labels: [])
        for range in ranges {
            var start = range.start
            while start + length <= range.end {
                let label =
                    labels.isEmpty
                    ? 0 : labelRule.label(of: labels[start..<start + length])
                if let label {
                    result.starts.append(start)
                    result.labels.append(label)
                }
                start += stride
            }
        }
        return result
    }
}

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
    /// - Parameter classes: The number of classes, above every label.
    /// - Returns: One count a class.
    public func counts(classes: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        return counts
    }
}
