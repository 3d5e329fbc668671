internal import EMGSignal
internal import FFTW
internal import Parallel

/// Runs of fused zero-phase filters with simple operations on single samples between them, applied
/// to a whole signal in one go: each block of samples goes through all of them while it is in the
/// cache, and results take the place of the samples. Beyond the signal itself it needs a few
/// transforms' worth of memory a thread.
struct SpectralChain: Sendable {
    /// What happens to each sample before a filter.
    struct Link: Sendable {
        /// Operations on single samples, in order.
        let operations: [SampleOperation]
        /// The filters.
        let response: ZeroPhaseResponse
    }

    /// The filters and what comes before each.
    let links: [Link]
    /// What comes after the last.
    let closing: [SampleOperation]
    /// How stretches are continued.
    let edges: EdgePolicy

    /// The longest reach: shorter stretches are not for this type.
    var reach: Int { links.map(\.response.reach).max() ?? 0 }

    /// Runs stretches of channels through the chain, in place.
    ///
    /// - Parameters:
    ///   - columns: The samples.
    ///   - stretches: Those of each channel that are longer than ``reach``.
    ///   - precision: The numbers that are computed with.
    ///   - threads: How many threads at most.
    func run<Stored: SendableMetatype, Number: FFTNumber>(
        _ columns: ChannelColumns<Stored>, stretches: [[SampleRange]], precision: Number.Type,
        threads: Int
    ) {
        let jobs = Self.pairs(stretches)
        guard !jobs.isEmpty else { return }
        let lengths = jobs.map(\.stretch.count)
        let responses = links.map { link in
            SpectralResponse<Number>(
                link.response,
                length: BlockLength.best(reach: link.response.reach, stretches: lengths),
                edges: edges)
        }
        // Neighbors in step: their samples share the lines of the cache.
        let group = min(4, max(1, (jobs.count + threads - 1) / threads))
        let count = (jobs.count + group - 1) / group
        _ = concurrentMap(count: count, threads: threads) { index in
            let lanes = jobs[index * group..<min((index + 1) * group, jobs.count)].map { job in
                SpectralLane<Stored, Number>(job, columns, responses, self)
            }
            Self.runInStep(lanes)
        }
    }

    private static func runInStep<Stored: SendableMetatype, Number>(
        _ lanes: [SpectralLane<Stored, Number>]
    ) {
        var isAnyLeft = true
        while isAnyLeft {
            isAnyLeft = false
            for lane in lanes where !lane.isDone {
                lane.advance(rows: 2_048)
                isAnyLeft = true
            }
        }
    }

    /// A stretch of one channel or of two neighboring ones that have it in common.
    struct Pair: Sendable {
        let channels: Range<Int>
        let stretch: SampleRange
    }

    /// Neighboring channels in pairs, which do not depend on anything but where they may be
    /// filtered as one.
    private static func pairs(_ stretches: [[SampleRange]]) -> [Pair] {
        var result: [Pair] = []
        for first in stride(from: 0, to: stretches.count, by: 2) {
            let both = first..<min(first + 2, stretches.count)
            if both.count == 2, stretches[first] == stretches[first + 1] {
                result += stretches[first].map { Pair(channels: both, stretch: $0) }
            } else {
                for channel in both {
                    result += stretches[channel].map {
                        Pair(channels: channel..<channel + 1, stretch: $0)
                    }
                }
            }
        }
        // Channels of one stretch next to each other.
        return result.enumerated().sorted {
            ($0.element.stretch.start, $0.offset) < ($1.element.stretch.start, $1.offset)
        }.map(\.element)
    }
}

/// A pair of channels on its way through a ``SpectralChain``.
final class SpectralLane<Stored: BinaryFloatingPoint & SendableMetatype, Number: FFTNumber> {
    private let job: SpectralChain.Pair
    private let columns: ChannelColumns<Stored>
    private let chain: SpectralChain
    private let nodes: [OverlapSave<Number>]
    private var taken = 0

    init(
        _ job: SpectralChain.Pair, _ columns: ChannelColumns<Stored>,
        _ responses: [SpectralResponse<Number>], _ chain: SpectralChain
    ) {
        self.job = job
        self.columns = columns
        self.chain = chain
        nodes = responses.map { OverlapSave($0) }
    }

    /// Whether all samples are done.
    private(set) var isDone = false

    /// Takes up to `rows` samples, or ends the stretch when there are no more.
    func advance(rows: Int) {
        let count = min(rows, job.stretch.count - taken)
        guard count > 0 else {
            for index in nodes.indices {
                nodes[index].finish { deliver(index, &$0, $1, $2, $3) }
            }
            isDone = true
            return
        }
        let first = nodes[0]
        let operations = chain.links[0].operations
        if taken == 0 {
            first.begin(
                offset: columns.mean(
                    channels: job.channels, samples: job.stretch.start..<job.stretch.start + count,
                    operations: operations))
        }
        var left = count
        while left > 0 {
            let part = min(left, first.room)
            let start = job.stretch.start + taken
            let offset = first.offset
            first.take(count: part) { window, position in
                columns.load(
                    channels: job.channels, samples: start..<start + part, into: &window,
                    at: position, operations: operations, subtracting: offset)
            }
            taken += part
            left -= part
            if first.room == 0 { first.advance { deliver(0, &$0, $1, $2, $3) } }
        }
    }

    /// Passes results of a filter on: to the next one, or back where the samples came from.
    private func deliver(
        _ index: Int, _ span: inout MutableSpan<SIMD2<Number>>, _ start: Int, _ count: Int,
        _ sample: Int
    ) {
        let isLast = index + 1 == nodes.count
        let operations = isLast ? chain.closing : chain.links[index + 1].operations
        for operation in operations { operation.apply(&span, start..<start + count) }
        if isLast {
            let row = job.stretch.start + sample
            columns.store(span, at: start, channels: job.channels, samples: row..<row + count)
            return
        }
        let next = nodes[index + 1]
        if sample == 0 {
            var mean = SIMD2<Number>.zero
            let probe = min(count, 2_048)
            for position in start..<start + probe { mean += span[position] }
            next.begin(offset: mean / SIMD2(repeating: Number(probe)))
        }
        var position = start
        while position < start + count {
            let part = min(start + count - position, next.room)
            next.take(span, from: position, count: part)
            position += part
            if next.room == 0 { next.advance { deliver(index + 1, &$0, $1, $2, $3) } }
        }
    }
}
