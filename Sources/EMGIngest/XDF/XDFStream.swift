internal import EMGSignal

/// The rows of some channels of a stream, chunk after chunk.
final class XDFStream: RecordingStream {
    let metadata: StreamMetadata

    private let channels: [Int]
    private let times: XDFTimes
    private let labels: EventLabels?
    private let file: String
    private let title: String
    private var samples: XDFSamples
    private var clock: XDFClock
    private var missing: MissingSamples
    private var row = 0
    private var segment = 0
    /// The farthest that a time was moved when times were evened out, in seconds.
    private var farthest = 0.0

    /// Beyond this, samples may be missing within a segment.
    private static let farthestUsual = 0.25

    init(
        _ source: PositionedFile, _ contents: XDFContents, _ stream: XDFContents.Stream,
        channels: [Int], clock: XDFClock, times: XDFTimes, metadata: StreamMetadata,
        labels: EventLabels?, missing: ReadOptions.MissingPolicy
    ) {
        self.metadata = metadata
        self.channels = channels
        self.times = times
        self.labels = labels
        self.clock = clock
        file = contents.file
        title = stream.info.title
        samples = XDFSamples(source, contents, stream)
        self.missing = MissingSamples(
            missing, at: SourceLocation(file: contents.file))
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        let firstSample = block.samples.count
        while row - first < atMost, let time = try samples.nextTime() {
            try samples.values(of: channels, to: &block.samples)
            let own = clock.synchronized(time)
            if times.isEven {
                while row >= times.segments[segment].firstRow + times.segments[segment].rowCount {
                    segment += 1
                }
                let even = times.time(ofRow: row, in: segment)
                farthest = max(farthest, abs(even - own))
                block.timeStamps.append(even)
            } else {
                block.timeStamps.append(own)
            }
            row += 1
        }
        labels?.append(SampleRange(start: first, end: row), to: &block.labels)
        try missing.take(
            &block.samples, from: firstSample, row: first, channels: metadata.channels)
        return row > first
    }

    func finish() throws(IngestError) -> StreamNotes {
        var notes = StreamNotes(warnings: missing.warnings)
        notes.quality = times.segments.dropFirst().map { segment in
            QualityInterval(
                range: SampleRange(start: segment.firstRow, end: segment.firstRow + 1),
                channel: nil, kind: .gap)
        }
        if times.isEven {
            notes.details["farthest_time_moved_s"] = .number((farthest * 1e6).rounded() / 1e6)
        }
        if farthest > Self.farthestUsual {
            notes.warnings.append(
                IngestWarning(
                    .jitter, at: SourceLocation(file: file, object: title),
                    message: "times were moved by up to \(farthest.brief) s to even them out: "
                        + "samples may be missing, or came in large packets"))
        }
        return notes
    }
}
