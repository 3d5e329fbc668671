import EMGSignal
import HDF5

/// Finds samples that are not finite numbers and not known to be so.
enum NonFiniteSamples {
    /// How many positions an error names.
    private static let namedPositions = 8

    /// Makes sure that each sample is finite or lies in a quality interval that says it is not.
    ///
    /// - Parameters:
    ///   - samples: Row-major samples.
    ///   - channelCount: The number of channels.
    ///   - quality: The intervals; those of other kinds excuse nothing, as only non-finite
    ///     stretches are left out of filters and windows.
    ///   - place: Where the samples are from.
    /// - Throws: ``ArchiveError`` with the number of such samples and the first of them.
    static func check(
        _ samples: [Float], channelCount: Int, quality: [QualityInterval], at place: Place
    ) throws(ArchiveError) {
        guard !isFinite(samples.span) else { return }
        let excused = quality.filter { $0.kind == .nonFinite }
        var count = 0
        var first: [ArchiveError.SamplePosition] = []
        for (index, sample) in samples.enumerated() where !sample.isFinite {
            let position = ArchiveError.SamplePosition(
                sample: index / channelCount, channel: index % channelCount)
            let isExcused = excused.contains {
                $0.range.indices.contains(position.sample)
                    && ($0.channel ?? position.channel) == position.channel
            }
            if isExcused { continue }
            count += 1
            if first.count < namedPositions { first.append(position) }
        }
        guard count == 0 else {
            throw ArchiveError(
                .nonFinite(count: count, first: first), at: place,
                hint: "mark the stretch as non-finite at ingest, or repair the source")
        }
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
