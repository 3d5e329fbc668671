import Digests
public import EMGSignal

/// What a collection stores of one task: the signal once, and windows as views into it.
public struct TaskTensors: Sendable, Hashable {
    /// The normalized signal, `[samples × channels]`, no unit.
    public let signal: SampleMatrix
    /// What a model adapts to.
    public let support: Windows
    /// What it is judged by.
    public let query: Windows

    /// Creates tensors.
    ///
    /// - Parameters:
    ///   - signal: The normalized signal.
    ///   - support: What a model adapts to.
    ///   - query: What it is judged by.
    public init(signal: SampleMatrix, support: Windows, query: Windows) {
        self.signal = signal
        self.support = support
        self.query = query
    }

    /// Windows of one length, by their first samples, each with its label.
    public struct Windows: Sendable, Hashable {
        /// The first sample of each window.
        public let starts: [Int64]
        /// The label of each window.
        public let labels: [UInt8]

        /// Creates windows.
        ///
        /// - Parameters:
        ///   - starts: The first sample of each window.
        ///   - labels: As many labels.
        public init(starts: [Int64], labels: [UInt8]) {
            precondition(
                starts.count == labels.count, "\(starts.count) windows, \(labels.count) labels")
            self.starts = starts
            self.labels = labels
        }
    }

    /// The SHA-256 of the task: over the signal as float32, then the starts as int64 and the
    /// labels of the support, then those of the query; all little-endian, nothing in between.
    public var sha256: String {
        var hash = SHA256()
        unsafe hash.update(signal.values.span.bytes)
        for windows in [support, query] {
            unsafe hash.update(windows.starts.span.bytes)
            unsafe hash.update(windows.labels.span.bytes)
        }
        return hash.finish()
    }
}
