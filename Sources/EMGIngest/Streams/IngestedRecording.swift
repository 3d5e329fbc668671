package import EMGSignal

/// A recording that was taken in: everything about it, its rows where they are.
package struct IngestedRecording: Sendable {
    /// Everything but samples, labels and time stamps.
    package let header: RecordingHeader
    /// What is odd about it, in the order of the source.
    package let warnings: [IngestWarning]
    /// The rows, in memory or, beyond the budget, in a file.
    package let rows: RowStore
}
