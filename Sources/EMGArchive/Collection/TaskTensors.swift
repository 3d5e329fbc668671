import Digests
public import EMGSignal

/// What a collection stores of one task: the signal once, and windows as views into it.
public struct TaskTensors: Sendable, Hashable {
    /// The normalized signal, `[samples × channels]`, no unit.
    public let signal: SampleMatrix
    /// What a model adapts to.
    public let support: Windows
    /// What it is evaluated on.
    public let query: Windows
    /// Windows of the person's earlier recordings; `nil` when there are none.
    public let earlier: Windows?

    /// Creates tensors.
    ///
    /// - Parameters:
    ///   - signal: The normalized signal.
    ///   - support: What a model adapts to.
    ///   - query: What it is evaluated on.
    ///   - earlier: Windows of the person's earlier recordings.
    package init(
        signal: SampleMatrix, support: Windows, query: Windows, earlier: Windows? = nil
    ) {
        self.earlier = earlier
        self.signal = signal
        self.support = support
        self.query = query
    }

    /// Windows of one length, by their first samples, each with its label.
    public struct Windows: Sendable, Hashable {
        /// The first sample of each window.
        public let starts: [Int64]
        /// The label of each window; 0 where there are no classes.
        public let labels: [UInt8]
        /// What a regression should put out for each window, row-major `[windows × targets]`;
        /// empty when there are no targets.
        public let targets: [Float]

        /// Creates windows.
        ///
        /// - Parameters:
        ///   - starts: The first sample of each window.
        ///   - labels: As many labels.
        ///   - targets: As many numbers for each window, or none.
        package init(starts: [Int64], labels: [UInt8], targets: [Float] = []) {
            precondition(
                starts.count == labels.count, "\(starts.count) windows, \(labels.count) labels")
            self.starts = starts
            precondition(
                targets.isEmpty || !starts.isEmpty && targets.count.isMultiple(of: starts.count),
                "\(targets.count) targets for \(starts.count) windows")
            self.labels = labels
            self.targets = targets
        }
    }

    /// The SHA-256 of the task: over the signal as float32, then the starts as int64, the labels
    /// and the targets as float32 of the support, then those of the query and of the earlier
    /// recordings where there are any; all little-endian, nothing in between.
    package var sha256: String {
        var hash = SHA256()
        unsafe hash.update(signal.values.span.bytes)
        for windows in [support, query] + (earlier.map { [$0] } ?? []) {
            unsafe hash.update(windows.starts.span.bytes)
            unsafe hash.update(windows.labels.span.bytes)
            unsafe hash.update(windows.targets.span.bytes)
        }
        return hash.finish()
    }
}
