import EMGSignal
import HDF5

/// Finds samples that are not finite numbers and not known to be so.
struct NonFiniteSamples {
    /// How many positions an error names.
    private static let namedPositions = 8

    private let channelCount: Int
    /// The segments that excuse such samples: for each channel, and at last for all of them.
    private let excused: [[SampleRange]]
    private var count = 0
    private var first: [ArchiveError.SamplePosition] = []

    /// Starts a search.
    ///
    /// - Parameters:
    ///   - channelCount: The number of channels.
    ///   - quality: The intervals, of channels below `channelCount`; those of other kinds excuse
    ///     nothing, as only non-finite segments are left out of filters and windows.
    init(channelCount: Int, quality: [QualityInterval]) {
        self.channelCount = channelCount
        var ranges = [[SampleRange]](repeating: [], count: channelCount + 1)
        for interval in quality where interval.kind == .nonFinite {
            ranges[interval.channel ?? channelCount].append(interval.range)
        }
        excused = ranges.map(Self.joined)
    }

    /// Searches samples.
    ///
    /// - Parameters:
    ///   - samples: Row-major samples.
    ///   - row: The number of the first row.
    mutating func search(_ samples: [Float], from row: Int) {
        guard !Self.isFinite(samples.span) else { return }
        for (index, sample) in samples.enumerated() where !sample.isFinite {
            let position = ArchiveError.SamplePosition(
                sample: row + index / channelCount, channel: index % channelCount)
            if Self.contains(excused[position.channel], position.sample)
                || Self.contains(excused[channelCount], position.sample)
            {
                continue
            }
            count += 1
            if first.count < Self.namedPositions { first.append(position) }
        }
    }

    /// Throws what was found.
    ///
    /// - Parameter place: Where the samples are from.
    /// - Throws: ``ArchiveError`` with the number of such samples and the first of them.
    func finish(at place: Place) throws(ArchiveError) {
        guard count == 0 else {
            throw ArchiveError(
                .nonFinite(count: count, first: first), at: place,
                hint: "mark the segment as non-finite at ingest, or repair the source")
        }
    }

    /// The same samples in ranges that are in order and do not touch.
    private static func joined(_ ranges: [SampleRange]) -> [SampleRange] {
        var result: [SampleRange] = []
        for range in ranges.sorted(by: { $0.start < $1.start }) {
            if let last = result.last, range.start <= last.end {
                result[result.count - 1] = SampleRange(
                    start: last.start, end: max(last.end, range.end))
            } else {
                result.append(range)
            }
        }
        return result
    }

    private static func contains(_ ranges: [SampleRange], _ sample: Int) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].end <= sample { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].start <= sample
    }

    /// Whether all samples are finite, in one pass without branches: the exponent of a number
    /// that is not finite has all bits set (IEEE 754).
    static func isFinite(_ samples: Span<Float>) -> Bool {
        let exponent: UInt32 = 0x7F80_0000
        var isBroken = false
        for index in samples.indices {
            isBroken = isBroken || samples[index].bitPattern & exponent == exponent
        }
        return !isBroken
    }
}
