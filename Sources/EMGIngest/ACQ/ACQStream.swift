internal import EMGSignal

/// The rows of one part of a file.
final class ACQStream: RecordingStream {
    let metadata: StreamMetadata

    private var rows: any ACQRows
    private let count: Int
    private let labels: EventLabels?
    private let gaps: [QualityInterval]
    private var missing: MissingSamples
    private var row = 0

    init(
        _ rows: any ACQRows, count: Int, metadata: StreamMetadata, labels: EventLabels?,
        gaps: [QualityInterval], missing: MissingSamples
    ) {
        self.rows = rows
        self.count = count
        self.metadata = metadata
        self.labels = labels
        self.gaps = gaps
        self.missing = missing
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        let firstSample = block.samples.count
        while row < count, row - first < atMost {
            let step = min(count - row, atMost - (row - first), 1 << 14)
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
