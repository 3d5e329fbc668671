private import EMGArchive
private import EMGSignal
package import Foundation

/// A recording of an archive, as if it were measured now.
///
/// In real time each chunk has its own time to come, counted from the beginning: a chunk that was
/// late does not delay those behind it.
package final class ReplaySource: SampleSource {
    package let name: String
    package private(set) var stream: StreamDescription?
    package let problem: String? = nil

    private let rows: RecordingRowsFile
    private let description: StreamDescription
    private let rate: SamplingRate
    private let chunk: Int
    private let isRealTime: Bool
    /// Samples read ahead, about a second of them.
    private var ahead = RowBlock()
    private var aheadStart = 0
    private var next = 0
    private var begin: UInt64?

    /// Opens a recording.
    ///
    /// - Parameters:
    ///   - url: Its file.
    ///   - isRealTime: Whether samples come as they were measured, or as fast as they are taken.
    ///   - chunk: Samples that come at once, at least 1; 5 ms of them when `nil`.
    /// - Throws: `ArchiveError` when it cannot be read; ``DecodingError`` when it has more channels
    ///   than a stream may.
    package init(_ url: URL, isRealTime: Bool, chunk: Int? = nil) throws {
        name = url.relativePath
        rows = try RecordingRowsFile(url, threads: 1)
        let header = rows.header
        guard header.channels.count <= SampleBlock.mostChannels else {
            throw DecodingError(
                .outOfRange(
                    expected: "at most \(SampleBlock.mostChannels) channels",
                    found: "\(header.channels.count)"), at: name)
        }
        rate = header.samplingRate
        description = StreamDescription(
            channelCount: header.channels.count, names: header.channels.map(\.name),
            units: header.channels.map(\.unit), samplingRate: rate,
            sampleCount: rows.sampleCount)
        let most = SampleBlock.capacity / header.channels.count
        self.chunk = min(most, chunk ?? max(1, rate.samples(inSeconds: 0.005)))
        self.isRealTime = isRealTime
    }

    package func read(
        into block: inout SampleBlock, until deadline: UInt64
    ) throws(DecodingError) -> SourceEvent {
        guard stream != nil else {
            stream = description
            return .described
        }
        guard next < rows.sampleCount else { return .ended }
        let end = min(next + chunk, rows.sampleCount)
        try readAhead(to: end)
        if isRealTime {
            let begin = begin ?? MonotonicClock.now
            self.begin = begin
            let due = begin + MonotonicClock.nanoseconds(rate.seconds(ofSamples: end))
            MonotonicClock.sleep(until: min(due, deadline))
            if due > deadline { return .nothing }
        }
        let width = description.channelCount
        block.begin(channelCount: width)
        block.append(
            ahead.samples.span.extracting(
                (next - aheadStart) * width..<(end - aheadStart) * width))
        block.packetCount = 1
        block.arrival = MonotonicClock.now
        next = end
        return .samples
    }

    package func close() {}

    private func readAhead(to end: Int) throws(DecodingError) {
        guard end > aheadStart + ahead.samples.count / description.channelCount else { return }
        let last = min(
            rows.sampleCount, max(end, next + max(1, rate.samples(inSeconds: 1))))
        do throws(ArchiveError) {
            try rows.read(SampleRange(start: next, end: last), into: &ahead)
        } catch {
            throw DecodingError(.inputOutput(reason: error.description), at: "")
        }
        aheadStart = next
    }
}
