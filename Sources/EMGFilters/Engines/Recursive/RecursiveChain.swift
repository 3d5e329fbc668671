internal import EMGSignal
internal import Parallel

/// Cascades run forward and backward over a whole signal, with simple operations on single samples
/// between them: the recursive engine's zero-phase form.
///
/// The samples of eight channels are swept over in place. The way back of one filter and the first
/// way of the next are one sweep, since a filter of zero phase may as well run backward first.
struct RecursiveChain: Sendable {
    /// What happens to each sample before a cascade.
    struct Link: Sendable {
        /// Operations on single samples, in order.
        let operations: [SampleOperation]
        /// The cascade of one pass.
        let kernel: SectionKernel
        /// How many samples a segment is continued by at each end.
        let padding: Int
    }

    /// The cascades and what comes before each.
    let links: [Link]
    /// What comes after the last.
    let closing: [SampleOperation]
    /// How segments are continued.
    let edges: EdgePolicy

    /// Rows that are worked on while they stay in the cache.
    private static let blockLength = 512

    /// Runs segments of channels through the chain, in place.
    ///
    /// - Parameters:
    ///   - columns: The samples.
    ///   - segments: Those of each channel.
    ///   - threads: How many threads at most.
    func run<Stored: SendableMetatype>(
        _ columns: ChannelColumns<Stored>, segments: [[SampleRange]], threads: Int
    ) {
        // Single precision at rest needs a copy to work on: half as wide, half as large.
        let isInPlace = Stored.self == Double.self
        let jobs = Self.groups(segments, width: isInPlace ? SectionKernel.laneCount : 4)
        _ = concurrentMap(count: jobs.count, threads: threads) { index in
            let job = jobs[index]
            columns.withRows(channels: job.channels, samples: job.segment) { rows in
                run(rows)
            }
        }
    }

    private struct Group: Sendable {
        let channels: Range<Int>
        let segment: SampleRange
    }

    /// Neighboring channels that have their segments in common.
    private static func groups(_ segments: [[SampleRange]], width: Int) -> [Group] {
        var result: [Group] = []
        var first = 0
        while first < segments.count {
            var end = first + 1
            while end < segments.count, end - first < width, segments[end] == segments[first] {
                end += 1
            }
            result += segments[first].filter { !$0.isEmpty }.map {
                Group(channels: first..<end, segment: $0)
            }
            first = end
        }
        return result
    }

    /// Runs one segment.
    func run(_ rows: LaneRows) {
        guard rows.count > 0 else { return }
        var direction = LaneRows.Direction.forward
        var finishing: Half?
        for index in links.indices {
            if edges == .scipy, let last = finishing {
                _ = sweep(rows, .backward, finishing: last, starting: nil)
                finishing = nil
                direction = .forward
            }
            finishing = sweep(rows, direction, finishing: finishing, starting: index)
            direction = direction.opposite
        }
        _ = sweep(rows, direction, finishing: finishing, starting: nil)
    }

    /// A filter that has run one way.
    private struct Half {
        /// Which link.
        let index: Int
        /// Its results beyond the end of the sweep, the nearest first.
        let pad: [Double]
        /// The last of them, or of the segment where there is no pad.
        let outermost: ArraySlice<Double>
    }

    /// One sweep: the second way of one filter, the operations after it, the first of the next.
    ///
    /// - Returns: Where the second way of the next filter begins.
    private func sweep(
        _ rows: LaneRows, _ direction: LaneRows.Direction,
        finishing: Half?, starting: Int?
    ) -> Half? {
        let second = finishing.map { links[$0.index].kernel }
        var secondDelays = [Double](repeating: 0, count: second?.delayCount ?? 0)
        if let second, let pad = finishing?.pad {
            // Beyond the pad the first way's last result for ever, as scipy has it.
            var pad = pad
            settle(second, &secondDelays, at: finishing?.outermost ?? [])
            run(second, &pad, backward: true, delays: &secondDelays)
        }
        let operations = starting.map { links[$0].operations } ?? closing
        let isMagnitude = second != nil && operations.first?.isMagnitude == true
        func prepare(_ positions: Range<Int>) {
            if let second {
                rows.run(
                    second, positions, direction, delays: &secondDelays,
                    takesMagnitude: isMagnitude)
            }
            for operation in operations.dropFirst(isMagnitude ? 1 : 0) {
                rows.apply(operation, positions, direction)
            }
        }
        let count = rows.count
        guard let starting else {
            for block in Self.blocks(0..<count) { prepare(block) }
            return nil
        }
        let link = links[starting]
        var padding = link.padding
        if edges == .scipy { padding = min(padding, count - 1) }
        let isShort = count < 2 * (padding + 1)
        let head = isShort ? count : padding + 1
        for block in Self.blocks(0..<head) { prepare(block) }
        var delays = [Double](repeating: 0, count: link.kernel.delayCount)
        let near = rows.copy(0..<head, direction)
        var pad = continuation(near, padding: padding, length: count, width: rows.width)
        let outermost =
            padding > 0
            ? pad.suffix(SectionKernel.laneCount) : near.prefix(SectionKernel.laneCount)
        settle(
            link.kernel, &delays, at: edges == .none ? [0, 0, 0, 0, 0, 0, 0, 0][...] : outermost)
        run(link.kernel, &pad, backward: true, delays: &delays)
        var far: [Double] = []
        if isShort { far = Self.reversed(near) }
        for block in Self.blocks(0..<head) {
            rows.run(link.kernel, block, direction, delays: &delays)
        }
        let tail = isShort ? count : count - head
        for block in Self.blocks(head..<max(head, tail)) {
            prepare(block)
            rows.run(link.kernel, block, direction, delays: &delays)
        }
        if !isShort {
            for block in Self.blocks(tail..<count) { prepare(block) }
            far = Self.reversed(rows.copy(tail..<count, direction))
            for block in Self.blocks(tail..<count) {
                rows.run(link.kernel, block, direction, delays: &delays)
            }
        }
        var beyond = continuation(far, padding: padding, length: count, width: rows.width)
        run(link.kernel, &beyond, backward: false, delays: &delays)
        let last = padding > 0 ? beyond : rows.copy(count - 1..<count, direction)
        return Half(
            index: starting, pad: beyond, outermost: last.suffix(SectionKernel.laneCount))
    }

    private static func blocks(_ range: Range<Int>) -> some Sequence<Range<Int>> {
        stride(from: range.lowerBound, to: range.upperBound, by: blockLength).lazy.map {
            $0..<min($0 + blockLength, range.upperBound)
        }
    }

    /// The samples beyond an end, nearest first.
    ///
    /// - Parameters:
    ///   - samples: Those before the end, the nearest first, as many as the segment has or one
    ///     more than `padding`.
    ///   - padding: How many.
    ///   - length: Samples in the segment.
    ///   - width: How many channels.
    /// - Returns: A vector a sample.
    private func continuation(
        _ samples: [Double], padding: Int, length: Int, width: Int
    ) -> [Double] {
        let lanes = SectionKernel.laneCount
        var result = [Double](repeating: 0, count: padding * lanes)
        let known = samples.count / lanes
        for lane in 0..<width {
            let values = edges.continuation(count: padding, length: min(length, known)) {
                samples[$0 * lanes + lane]
            }
            for (index, value) in values.enumerated() { result[index * lanes + lane] = value }
        }
        return result
    }

    private func settle(
        _ kernel: SectionKernel, _ delays: inout [Double], at values: ArraySlice<Double>
    ) {
        var span = delays.mutableSpan
        for (lane, value) in values.enumerated() {
            kernel.settle(at: value, lane: lane, delays: &span)
        }
    }

    private func run(
        _ kernel: SectionKernel, _ pad: inout [Double], backward: Bool, delays: inout [Double]
    ) {
        let lanes = SectionKernel.laneCount
        let count = pad.count / lanes
        guard count > 0 else { return }
        var span = pad.mutableSpan
        var delays = delays.mutableSpan
        kernel.run(
            &span, from: backward ? (count - 1) * lanes : 0, stride: backward ? -lanes : lanes,
            width: lanes, count: count, delays: &delays, at: 0)
    }

    private static func reversed(_ samples: [Double]) -> [Double] {
        let lanes = SectionKernel.laneCount
        return stride(from: samples.count - lanes, through: 0, by: -lanes).flatMap {
            samples[$0..<$0 + lanes]
        }
    }
}
