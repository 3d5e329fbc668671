internal import EMGSignal

/// The rows of some analog channels, frame after frame.
final class C3DStream: RecordingStream {
    let metadata: StreamMetadata

    private let source: PositionedFile
    private let layout: C3DLayout
    private let processor: C3DProcessor
    private let isUnsigned: Bool
    private let channels: [(position: Int, channel: C3DChannel)]
    private let labels: EventLabels?
    private var missing: MissingSamples
    private var frames: [UInt8] = []
    /// The first row that ``frames`` hold, and the first that they do not.
    private var loaded = 0..<0
    private var row = 0

    /// How many bytes are read at a time; a frame is smaller than 2 MB.
    private static let blockBytes = 1 << 20

    init(
        _ source: PositionedFile, layout: C3DLayout, processor: C3DProcessor, isUnsigned: Bool,
        channels: [(position: Int, channel: C3DChannel)], metadata: StreamMetadata,
        labels: EventLabels?, missing: ReadOptions.MissingPolicy
    ) {
        self.source = source
        self.layout = layout
        self.processor = processor
        self.isUnsigned = isUnsigned
        self.channels = channels
        self.metadata = metadata
        self.labels = labels
        self.missing = MissingSamples(
            missing, at: SourceLocation(file: source.name))
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        let firstSample = block.samples.count
        while row < layout.rowCount, row - first < atMost {
            if row >= loaded.upperBound { try load() }
            let end = min(loaded.upperBound, row + atMost - (row - first))
            append(row..<end, to: &block.samples)
            labels?.append(SampleRange(start: row, end: end), to: &block.labels)
            row = end
        }
        if layout.isReal {
            try missing.take(
                &block.samples, from: firstSample, row: first, channels: metadata.channels)
        }
        return row > first
    }

    /// Reads the next frames.
    private func load() throws(IngestError) {
        let frame = row / layout.rowsPerFrame
        let count = min(
            layout.frameCount - frame, max(1, Self.blockBytes / layout.frameBytes))
        frames = try source.bytes(
            at: layout.dataStart + frame * layout.frameBytes, count: count * layout.frameBytes)
        loaded = row..<row + count * layout.rowsPerFrame
    }

    private func append(_ rows: Range<Int>, to samples: inout [Float]) {
        // A copy in name only: the loop reads a local array.
        let bytes = frames
        let span = bytes.span
        let valueBytes = layout.valueBytes
        let rowBytes = layout.channelCount * valueBytes
        let (frameBytes, rowsPerFrame) = (layout.frameBytes, layout.rowsPerFrame)
        let analogStart = layout.analogStart
        samples.reserveCapacity(samples.count + rows.count * channels.count)
        for row in rows {
            let (frame, inside) = (row - loaded.lowerBound).quotientAndRemainder(
                dividingBy: rowsPerFrame)
            let start = frame * frameBytes + analogStart + inside * rowBytes
            for (position, channel) in channels {
                let place = start + position * valueBytes
                let number: Double
                if layout.isReal {
                    number = Double(processor.float(span, at: place))
                } else if isUnsigned {
                    number = Double(processor.order.unsigned(span, at: place, count: 2))
                } else {
                    number = Double(processor.order.signed(span, at: place, count: 2))
                }
                samples.append(Float((number - channel.offset) * channel.scale))
            }
        }
    }

    func finish() throws(IngestError) -> StreamNotes { StreamNotes(warnings: missing.warnings) }
}
