package import Documents
public import EMGSignal

/// How a signal is cut into windows: a window is a view, its first sample and a length that all
/// windows share.
public struct WindowLayout: Sendable, Hashable {
    /// Samples in a window, at least 1.
    public let length: Int
    /// Samples from one window's start to the next one's, at least 1.
    public let stride: Int
    /// Which label a window gets.
    @KindValue package private(set) var labelRule: any LabelRule

    /// Creates a layout.
    ///
    /// - Parameters:
    ///   - length: Samples in a window, at least 1.
    ///   - stride: Samples between the starts of neighbors, at least 1.
    ///   - labelRule: Which label a window gets.
    public init(length: Int, stride: Int, labelRule: any LabelRule = LabelRules.last) {
        precondition(length >= 1, "a window has at least 1 sample, got \(length)")
        precondition(stride >= 1, "a stride is at least 1 sample, got \(stride)")
        self.length = length
        self.stride = stride
        _labelRule = KindValue(wrappedValue: labelRule)
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
        let most = ranges.reduce(0) { $0 + max(0, ($1.count - length) / stride + 1) }
        result.starts.reserveCapacity(most)
        result.labels.reserveCapacity(most)
        for range in ranges where range.count >= length {
            let starts = Swift.stride(
                from: range.start, through: range.end - length, by: stride)
            guard !labels.isEmpty else {
                result.starts.append(contentsOf: starts)
                result.labels.append(
                    contentsOf: repeatElement(0, count: starts.underestimatedCount))
                continue
            }
            labelRule.append(starts, length: length, labels: labels, to: &result)
        }
        return result
    }

    private typealias Starts = StrideThrough<Int>

    private func count(_ starts: Starts) -> Int { starts.underestimatedCount }
}
