internal import EMGSignal
internal import FFTW
internal import Parallel

/// Runs of fused zero-phase filters with simple operations on single samples between them, applied
/// to a whole signal in one go: each block of samples goes through all of them, and results take
/// the place of the samples. Beyond the signal itself it needs a few transforms' worth of memory a
/// thread.
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
    /// How segments are continued.
    let edges: EdgePolicy

    /// The longest reach: shorter segments are not for this type.
    var reach: Int { links.map(\.response.neededReach).max() ?? 0 }

    /// Runs segments of channels through the chain, in place.
    ///
    /// - Parameters:
    ///   - columns: The samples.
    ///   - segments: Those of each channel that are longer than ``reach``.
    ///   - precision: The numbers that are computed with.
    ///   - threads: How many threads at most.
    func run<Stored: SendableMetatype, Number: SpectralNumber>(
        _ columns: ChannelColumns<Stored>, segments: [[SampleRange]], precision: Number.Type,
        threads: Int
    ) {
        let jobs = groups(segments, threads: threads)
        guard !jobs.isEmpty else { return }
        // Not of the jobs, which depend on the number of threads.
        let lengths = segments.flatMap { $0.map(\.count) }
        let responses = links.map { link in
            SpectralResponse<Number>(
                link.response, segments: lengths, reduction: link.response.reduction)
        }
        _ = concurrentMap(count: jobs.count, threads: threads) { index in
            SpectralGroup(jobs[index], columns, responses, self).run()
        }
    }

    /// A segment of neighboring channels that have it in common.
    struct Group: Sendable {
        let channels: Range<Int>
        let segment: SampleRange
    }

    /// Up to eight channels each, a line of the cache; fewer where there are more threads. Which
    /// two are a pair, and so share rounding errors in the last bit, does not depend on that.
    private func groups(_ segments: [[SampleRange]], threads: Int) -> [Group] {
        let pairs = (segments.count + 1) / 2
        let width = 2 * min(4, max(1, (pairs + threads - 1) / threads))
        var result: [Group] = []
        var first = 0
        while first < segments.count {
            var end = first + 1
            while end < segments.count, end - first < width, segments[end] == segments[first] {
                end += 1
            }
            result += segments[first].map { Group(channels: first..<end, segment: $0) }
            first = end
        }
        return result
    }
}

/// Channels on their way through a ``SpectralChain``, in step.
final class SpectralGroup<Stored: BinaryFloatingPoint & SendableMetatype, Number: SpectralNumber> {
    private let job: SpectralChain.Group
    private let columns: ChannelColumns<Stored>
    private let operations: [SampleOperation]
    private let inputs: [ContinuedStream<Number>]
    /// Samples as they are read.
    private var rows: PairLanes<Number>
    private var stored = 0

    /// Rows that are read at a time.
    private static var block: Int { 512 }

    init(
        _ job: SpectralChain.Group, _ columns: ChannelColumns<Stored>,
        _ responses: [SpectralResponse<Number>], _ chain: SpectralChain
    ) {
        self.job = job
        self.columns = columns
        let lanes = (job.channels.count + 1) / 2
        operations = chain.links[0].operations
        inputs = responses.enumerated().map { index, pass in
            let response = chain.links[index].response
            let operations =
                index + 1 < chain.links.count
                ? chain.links[index + 1].operations : chain.closing
            let node: SpectralNode<Number> =
                if let reduction = response.reduction {
                    .reduced(
                        ReducedPass(
                            pass, reduction: reduction, constantGain: response.constantGain,
                            lanes: lanes, operations: operations))
                } else {
                    .whole(
                        OverlapSave(
                            pass, constantGain: response.constantGain, lanes: lanes,
                            operations: operations))
                }
            return ContinuedStream(
                node, edges: chain.edges, count: job.segment.count, lanes: lanes)
        }
        rows = PairLanes(length: Self.block, count: lanes)
    }

    /// Runs the whole segment through all filters.
    func run() {
        var position = 0
        while position < job.segment.count {
            let count = min(Self.block, job.segment.count - position)
            let start = job.segment.start + position
            columns.load(
                channels: job.channels, samples: start..<start + count, into: &rows)
            if !operations.isEmpty {
                for lane in 0..<rows.count {
                    rows.withLane(lane) {
                        PairLoops.add(.zero, to: &$0, count: count, operations: operations)
                    }
                }
            }
            position += count
            inputs[0].take(rows, from: 0, count: count) { deliver(0, $0, $1, $2) }
        }
    }

    /// Passes results of a filter on: to the next one, or back where the samples came from.
    private func deliver(
        _ index: Int, _ source: borrowing PairLanes<Number>, _ start: Int, _ count: Int
    ) {
        if index + 1 < inputs.count {
            inputs[index + 1].take(source, from: start, count: count) {
                deliver(index + 1, $0, $1, $2)
            }
            return
        }
        let row = job.segment.start + stored
        columns.store(
            source, from: start, channels: job.channels, samples: row..<row + count)
        stored += count
    }
}
