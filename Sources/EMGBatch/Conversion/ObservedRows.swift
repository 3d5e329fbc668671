internal import EMGSignal

/// Rows that tell how far they were read.
struct ObservedRows<Rows: RecordingRows>: RecordingRows {
    private let rows: Rows
    private let progress: (Double) -> Void

    /// - Parameters:
    ///   - rows: The rows.
    ///   - progress: Called with the part that lies before the end of what was read last.
    init(_ rows: Rows, progress: @escaping (Double) -> Void) {
        self.rows = rows
        self.progress = progress
    }

    var sampleCount: Int { rows.sampleCount }

    func read(_ range: SampleRange, into block: inout RowBlock) throws(Rows.Failure) {
        try rows.read(range, into: &block)
        progress(Double(range.end) / Double(max(1, sampleCount)))
    }
}
