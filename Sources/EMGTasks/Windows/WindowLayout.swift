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
        let most = ranges.reduce(0) { $0 + max(0, ($1.count - length) / stride + 1) }
        result.starts.reserveCapacity(most)
        result.labels.reserveCapacity(most)
        for range in ranges where range.count >= length {
            let starts = Swift.stride(
                from: range.start, through: range.end - length, by: stride)
            guard !labels.isEmpty else {
                result.starts.append(contentsOf: starts)
                result.labels.append(contentsOf: repeatElement(0, count: count(starts)))
                continue
            }
            switch labelRule {
            case .last, .center:
                let place = labelRule == .last ? length - 1 : length / 2
                result.starts.append(contentsOf: starts)
                for start in starts { result.labels.append(labels[start + place]) }
            case .pure: appendPure(starts, labels, to: &result)
            case .majority: appendMajority(starts, labels, to: &result)
            }
        }
        return result
    }

    private typealias Starts = StrideThrough<Int>

    private func count(_ starts: Starts) -> Int { starts.underestimatedCount }

    /// Windows of one label: the last change of label before a window's end lies at or before its
    /// start. Each label is looked at once, whatever the length.
    private func appendPure(
        _ starts: Starts, _ labels: [UInt8], to result: inout LabeledWindows
    ) {
        var next = starts.first(where: { _ in true }) ?? 0
        var change = next
        for start in starts {
            next = max(next, start + 1)
            change = max(change, start)
            while next < start + length {
                if labels[next] != labels[next - 1] { change = next }
                next += 1
            }
            guard change <= start else { continue }
            result.starts.append(start)
            result.labels.append(labels[start])
        }
    }

    /// The most frequent label of each window: counts move along with it.
    private func appendMajority(
        _ starts: Starts, _ labels: [UInt8], to result: inout LabeledWindows
    ) {
        var counts = [Int](repeating: 0, count: 256)
        var counted = 0..<0
        for start in starts {
            let window = start..<start + length
            if counted.upperBound <= start {
                counts = [Int](repeating: 0, count: 256)
                counted = start..<start
            }
            for index in counted.lowerBound..<start { counts[Int(labels[index])] -= 1 }
            for index in counted.upperBound..<window.upperBound { counts[Int(labels[index])] += 1 }
            counted = window
            let most = counts.max() ?? 0
            // Of several equally frequent ones the latest.
            var last = window.upperBound - 1
            while counts[Int(labels[last])] != most { last -= 1 }
            result.starts.append(start)
            result.labels.append(labels[last])
        }
    }
}
