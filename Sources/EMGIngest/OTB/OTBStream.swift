internal import EMGSignal
internal import Foundation

/// The rows of some channels of a signal file, straight from the archive.
final class OTBStream: RecordingStream {
    let metadata: StreamMetadata

    private let archive: OTBArchive
    private let signal: OTBContents.Signal
    private let channels: [OTBDevice.Channel]
    private let labels: EventLabels?
    private var row = 0

    init(
        _ url: URL, signal: OTBContents.Signal, channels: [OTBDevice.Channel],
        metadata: StreamMetadata, labels: EventLabels?
    ) throws(IngestError) {
        self.signal = signal
        self.channels = channels
        self.metadata = metadata
        self.labels = labels
        archive = try OTBArchive(url)
        while let member = try archive.next() {
            if member == signal.member { return }
        }
        throw IngestError(
            .unreadable(reason: "the file changed while it was read"),
            at: SourceLocation(file: url.relativePath, object: signal.member.name))
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        let rowBytes = signal.sampleBytes * signal.device.channelCount
        while row < signal.rowCount, row - first < atMost {
            let count = min(
                signal.rowCount - row, atMost - (row - first), max(1, (1 << 20) / rowBytes))
            let bytes = try archive.read(count * rowBytes)
            let source = bytes.span
            for index in 0..<count {
                for channel in channels {
                    let start = index * rowBytes + channel.position * signal.sampleBytes
                    let low = Int32(source[start]) | Int32(source[start + 1]) << 8
                    let number =
                        signal.sampleBytes == 2
                        ? Int32(Int16(truncatingIfNeeded: low))
                        : (low << 8 | Int32(source[start + 2]) << 24) >> 8
                    block.samples.append(Float(Double(number) * scale(of: channel)))
                }
            }
            labels?.append(SampleRange(start: row, end: row + count), to: &block.labels)
            row += count
        }
        return row > first
    }

    private func scale(of channel: OTBDevice.Channel) -> Double {
        OTBOpening.scale(of: channel, sampleBytes: signal.sampleBytes)
    }

    func finish() throws(IngestError) -> StreamNotes { StreamNotes() }
}
