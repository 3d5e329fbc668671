internal import EMGSignal
internal import Foundation

/// The rows of some tracks, whose signal files are read side by side, straight from the archive.
final class OTB4Stream: RecordingStream {
    /// A signal file and the columns that are taken from it.
    private struct Lane {
        let archive: OTBArchive
        let rowBytes: Int
        let sampleBytes: Int
        var columns: [(source: Int, place: Int, scale: Double)]
    }

    let metadata: StreamMetadata

    private let lanes: [Lane]
    private let count: Int
    private let labels: EventLabels?
    private var row = 0

    private static let blockBytes = 1 << 20

    init(
        _ url: URL, _ contents: OTB4Contents, tracks: [OTB4Track], metadata: StreamMetadata,
        labels: EventLabels?
    ) throws(IngestError) {
        self.metadata = metadata
        self.labels = labels
        count = metadata.sampleCount ?? 0
        var lanes: [String: Lane] = [:]
        var place = 0
        for track in tracks {
            if lanes[track.stream] == nil, let signal = contents.signals[track.stream] {
                lanes[track.stream] = Lane(
                    archive: try Self.archive(url, at: signal.member),
                    rowBytes: track.rowWidth * track.sampleBytes, sampleBytes: track.sampleBytes,
                    columns: [])
            }
            for column in track.columns {
                lanes[track.stream]?.columns.append(
                    (column * track.sampleBytes, place, track.scale))
                place += 1
            }
        }
        self.lanes = Array(lanes.values)
    }

    /// An archive at the beginning of a member.
    private static func archive(
        _ url: URL, at wanted: OTBArchive.Member
    ) throws(IngestError) -> OTBArchive {
        let archive = try OTBArchive(url)
        while let member = try archive.next() {
            if member == wanted { return archive }
        }
        throw IngestError(
            .unreadable(reason: "the file changed while it was read"),
            at: SourceLocation(file: url.relativePath, object: wanted.name))
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let first = row
        let width = metadata.channels.count
        let largest = lanes.map(\.rowBytes).max() ?? 1
        while row < count, row - first < atMost {
            let step = min(
                count - row, atMost - (row - first), max(1, Self.blockBytes / largest))
            let start = block.samples.count
            block.samples.append(contentsOf: repeatElement(0, count: step * width))
            for lane in lanes {
                let bytes = try lane.archive.read(step * lane.rowBytes)
                let span = bytes.span
                for index in 0..<step {
                    for (source, place, scale) in lane.columns {
                        let number = ByteOrder.littleEndian.signed(
                            span, at: index * lane.rowBytes + source, count: lane.sampleBytes)
                        block.samples[start + index * width + place] = Float(
                            Double(number) * scale)
                    }
                }
            }
            row += step
        }
        labels?.append(SampleRange(start: first, end: row), to: &block.labels)
        return row > first
    }

    func finish() throws(IngestError) -> StreamNotes { StreamNotes() }
}
