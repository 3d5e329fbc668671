private import EMGSignal

/// Some windows of a task, gathered for computing: the only copy on the way from the file.
public struct WindowBatch: Sendable, Hashable {
    /// The samples, `[windows × channels × samples]`, row-major.
    public let values: [Float]
    /// The label of each window.
    public let labels: [UInt8]
    /// The targets of each window, `[windows × targets]`, row-major; empty when there are none.
    public let targets: [Float]
    /// Channels of a window.
    public let channelCount: Int
    /// Samples of a window.
    public let windowLength: Int
}

extension TaskTensors {
    /// The windows of a part in batches, in order.
    ///
    /// - Parameters:
    ///   - part: `\.support` or `\.query`.
    ///   - size: How many windows a batch has, at least 1.
    ///   - windowLength: The collection's window length.
    /// - Returns: The batches, each gathered when it is asked for.
    public func batches(
        of part: KeyPath<TaskTensors, Windows>, size: Int, windowLength: Int
    ) -> WindowBatches {
        precondition(size >= 1, "a batch has at least 1 window, got \(size)")
        return WindowBatches(self, self[keyPath: part], size: size, windowLength: windowLength)
    }

    /// Some windows of a part.
    ///
    /// - Parameters:
    ///   - windows: ``support`` or ``query``.
    ///   - indices: Which of them, in the order wanted.
    ///   - windowLength: The collection's window length.
    /// - Returns: The windows, gathered.
    public func batch(
        _ windows: Windows, _ indices: [Int], windowLength: Int
    ) -> WindowBatch {
        let channels = signal.channelCount
        let values = [Float](capacity: indices.count * channels * windowLength) { output in
            for index in indices {
                let first = Int(windows.starts[index]) * channels
                for channel in 0..<channels {
                    for sample in 0..<windowLength {
                        output.append(signal.values[first + sample * channels + channel])
                    }
                }
            }
        }
        return WindowBatch(
            values: values, labels: indices.map { windows.labels[$0] },
            targets: indices.flatMap { index in
                let width = windows.targets.count / Swift.max(1, windows.starts.count)
                return windows.targets[index * width..<(index + 1) * width]
            }, channelCount: channels, windowLength: windowLength)
    }
}
