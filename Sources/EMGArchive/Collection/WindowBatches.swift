private import EMGSignal

/// The windows of a part in batches, in order.
public struct WindowBatches: Sequence, IteratorProtocol, Sendable {
    private let tensors: TaskTensors
    private let windows: TaskTensors.Windows
    private let size: Int
    private let windowLength: Int
    private var position = 0

    init(
        _ tensors: TaskTensors, _ windows: TaskTensors.Windows, size: Int, windowLength: Int
    ) {
        self.tensors = tensors
        self.windows = windows
        self.size = size
        self.windowLength = windowLength
    }

    /// The next batch; `nil` behind the last, which may be smaller.
    public mutating func next() -> WindowBatch? {
        guard position < windows.starts.count else { return nil }
        let range = position..<Swift.min(position + size, windows.starts.count)
        position = range.upperBound
        return tensors.batch(windows, Array(range), windowLength: windowLength)
    }
}
