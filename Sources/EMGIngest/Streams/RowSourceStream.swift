internal import EMGSignal

/// A part of a source whose rows are read as they stand, with the labels of its events.
final class RowSourceStream: RecordingStream {
    let metadata: StreamMetadata

    private var rows: any RowSource
    private let count: Int
    private let labels: EventLabels?
    private let gaps: [QualityInterval]
    private var missing: MissingSamples
    private var row = 0

    /// Takes the rows of a part.
    ///
    /// - Parameters:
    ///   - rows: The rows, as many as the metadata has samples.
    ///   - metadata: What the source says before them.
    ///   - labels: The label of each row; `nil` for none.
    ///   - gaps: Where the recording was stopped and went on.
    ///   - missing: What becomes of samples that are no numbers.
    init(
        _ rows: any RowSource, metadata: StreamMetadata, labels: EventLabels?,
        gaps: [QualityInterval], missing: MissingSamples
    ) {
        self.rows = rows
        self.metadata = metadata
        count = metadata.sampleCount ?? 0
        self.labels = labels
        self.gaps = gaps
        self.missing = missing
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        let firstSample = block.samples.count
        while row < count, row - first < atMost {
            let step = min(count - row, atMost - (row - first), rows.mostRows)
            try rows.append(step, to: &block.samples)
            row += step
        }
        labels?.append(SampleRange(start: first, end: row), to: &block.labels)
        try missing.take(
            &block.samples, from: firstSample, row: first, channels: metadata.channels)
        return row > first
    }

    func finish() throws(IngestError) -> StreamNotes {
        StreamNotes(quality: gaps, warnings: missing.warnings)
    }
}
