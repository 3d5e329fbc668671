internal import FFTW

/// A segment on its way into a filter, continued beyond both ends as far as the filter reaches.
///
/// By default by odd reflection (turned half round about its end points). The first samples are
/// held back until what comes before them is known.
final class ContinuedStream<Number: SpectralNumber> {
    private let node: SpectralNode<Number>
    private let edges: EdgePolicy
    /// Samples in the segment.
    private let count: Int
    private var position = 0
    private var head: PairLanes<Number>
    private let headCount: Int
    private var tail: PairLanes<Number>
    private var beyond: PairLanes<Number>

    /// How many samples tell the mean of a segment well enough.
    private static var probe: Int { 2_048 }

    /// Prepares for one segment.
    ///
    /// - Parameters:
    ///   - node: The filter.
    ///   - edges: How the segment is continued.
    ///   - count: Samples in it, more than the filter reaches.
    ///   - lanes: How many signals.
    init(_ node: SpectralNode<Number>, edges: EdgePolicy, count: Int, lanes: Int) {
        let reach = node.reach
        precondition(count > reach, "\(count) samples for a filter that reaches \(reach)")
        self.node = node
        self.edges = edges
        self.count = count
        headCount = min(count, max(reach + 1, Self.probe))
        head = PairLanes(length: headCount, count: lanes)
        tail = PairLanes(length: reach + 1, count: lanes)
        beyond = PairLanes(length: max(1, reach), count: lanes)
    }

    /// Takes the next samples of all signals.
    func take(
        _ source: borrowing PairLanes<Number>, from start: Int, count: Int,
        _ emit: PairConsumer<Number>
    ) {
        keepTail(source, start, count)
        var start = start
        var left = count
        if position < headCount {
            let part = min(left, headCount - position)
            for lane in 0..<head.count {
                source.readLane(lane) { source in
                    head.withLane(lane) {
                        PairLoops.copy(source, from: start, count: part, to: &$0, at: position)
                    }
                }
            }
            position += part
            start += part
            left -= part
            if position == headCount { begin(emit) }
        }
        if left > 0 {
            node.take(source, from: start, count: left, emit)
            position += left
        }
        if position == self.count { end(emit) }
    }

    private func keepTail(
        _ source: borrowing PairLanes<Number>, _ start: Int, _ count: Int
    ) {
        let first = self.count - tail.length
        let skipped = max(0, first - position)
        guard skipped < count else { return }
        for lane in 0..<tail.count {
            source.readLane(lane) { source in
                tail.withLane(lane) {
                    PairLoops.copy(
                        source, from: start + skipped, count: count - skipped, to: &$0,
                        at: position + skipped - first)
                }
            }
        }
    }

    private func begin(_ emit: PairConsumer<Number>) {
        let reach = node.reach
        var offsets: [SIMD2<Number>] = []
        for lane in 0..<head.count {
            head.readLane(lane) { head in
                offsets.append(PairLoops.mean(head, count: min(headCount, Self.probe)))
                beyond.withLane(lane) { beyond in
                    for index in 0..<2 * reach {
                        let (distance, part) = (reach - index / 2, index % 2)
                        beyond[index] = edges.value(
                            edge: head[part], inside: head[2 * distance + part])
                    }
                }
            }
        }
        node.begin(count: count, offsets: offsets)
        if reach > 0 { node.take(beyond, from: 0, count: reach, emit) }
        node.take(head, from: 0, count: headCount, emit)
    }

    private func end(_ emit: PairConsumer<Number>) {
        let reach = node.reach
        for lane in 0..<tail.count {
            tail.readLane(lane) { tail in
                beyond.withLane(lane) { beyond in
                    for index in 0..<2 * reach {
                        let (distance, part) = (index / 2 + 1, index % 2)
                        beyond[index] = edges.value(
                            edge: tail[2 * reach + part],
                            inside: tail[2 * (reach - distance) + part])
                    }
                }
            }
        }
        if reach > 0 { node.take(beyond, from: 0, count: reach, emit) }
        node.finish(emit)
    }
}
