internal import EMGSignal

/// Where a recording may be filtered as one: not across gaps and not across samples that are not
/// numbers.
///
/// A gap cuts every channel. A sample that is not finite cuts its own channel only, so that one
/// loose electrode does not leave unfiltered samples in the others; within
/// ``EMGSignal/Recording/segments``, which no such sample of any channel is part of, all channels
/// are filtered.
struct Continuity: Sendable {
    /// Samples that are not continued from the one before, in order.
    private let cuts: [Int]
    /// Segments marked as not finite.
    private let marked: [QualityInterval]

    /// What fits do not see.
    private let unfit: [QualityInterval]

    /// A signal without gaps.
    static let unbroken = Continuity(quality: [], policy: QualityPolicy())

    /// Reads the gaps and marks of a recording.
    ///
    /// - Parameters:
    ///   - quality: What was found in the recording.
    ///   - policy: What of it fits leave out.
    init(quality: [QualityInterval], policy: QualityPolicy) {
        cuts = Set(quality.filter { $0.kind == .gap }.map(\.range.start)).sorted()
        marked = quality.filter { $0.kind == .nonFinite }
        unfit = quality.filter {
            $0.kind != .gap && $0.kind != .nonFinite && policy.excludes($0, windowLength: nil)
        }
    }

    /// The samples of a channel that something may be fitted to.
    ///
    /// - Parameters:
    ///   - channel: Which channel.
    ///   - segments: Those of its samples that may be filtered.
    /// - Returns: Ranges in order, within the segments.
    func fitRanges(channel: Int, in segments: [SampleRange]) -> [SampleRange] {
        let bad = unfit.filter { ($0.channel ?? channel) == channel }.map(\.range)
        return segments.subtracting(bad)
    }

    /// Whether some segment of some channel is marked as not finite.
    var isMarked: Bool { !marked.isEmpty }

    /// The segments of a channel whose samples are all finite and not marked.
    func unmarkedSegments(count: Int) -> [SampleRange] {
        let edges = [0] + cuts.filter { (1..<count).contains($0) } + [count]
        return zip(edges, edges.dropFirst()).filter { $0 < $1 }.map(SampleRange.init)
    }

    /// The segments of a channel that may be filtered as one: apart, in order and not empty.
    ///
    /// - Parameters:
    ///   - channel: Which channel.
    ///   - samples: Its samples, beginning with the first.
    /// - Returns: Ranges of samples.
    func segments(channel: Int, of samples: Span<Double>) -> [SampleRange] {
        let count = samples.count
        var isMarked: [Bool] = []
        for interval in marked where (interval.channel ?? channel) == channel {
            if isMarked.isEmpty { isMarked = Array(repeating: false, count: count) }
            for sample in interval.range.indices.clamped(to: 0..<count) { isMarked[sample] = true }
        }
        if isMarked.isEmpty, samples.isFinite {
            return unmarkedSegments(count: count)
        }
        var result: [SampleRange] = []
        var nextCut = 0
        var start = 0
        for sample in 0..<count {
            let isBroken = !samples[sample].isFinite || (!isMarked.isEmpty && isMarked[sample])
            while nextCut < cuts.count, cuts[nextCut] < sample { nextCut += 1 }
            let isCut = nextCut < cuts.count && cuts[nextCut] == sample
            if isBroken || isCut {
                if start < sample { result.append(SampleRange(start: start, end: sample)) }
                start = isBroken ? sample + 1 : sample
            }
        }
        if start < count { result.append(SampleRange(start: start, end: count)) }
        return result
    }
}
