internal import EMGSignal

/// The rows of some channels of a data set.
final class EEGLABStream: RecordingStream {
    let metadata: StreamMetadata

    private var rows: any EEGLABRows
    private let channels: [Int]
    private let mostRows: Int
    private let count: Int
    private let labels: EventLabels?
    private let gaps: [QualityInterval]
    private var missing: MissingSamples
    private var row = 0

    /// How many numbers are read at a time.
    private static let blockValues = 1 << 18

    init(
        _ rows: any EEGLABRows, channels: [Int], width: Int, metadata: StreamMetadata,
        labels: EventLabels?, gaps: [QualityInterval], missing: MissingSamples
    ) {
        self.rows = rows
        self.channels = channels
        mostRows = max(1, Self.blockValues / width)
        count = metadata.sampleCount ?? 0
        self.metadata = metadata
        self.labels = labels
        self.gaps = gaps
        self.missing = missing
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        let firstSample = block.samples.count
        while row < count, row - first < atMost {
            let step = min(count - row, atMost - (row - first), mostRows)
            try rows.append(step, channels: channels, to: &block.samples)
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
