internal import FFTW

/// A filter applied at a lower rate: one sample in a few is computed in front of it, all of them
/// behind it. See ``RateReduction``.
final class ReducedPass<Number: SpectralNumber> {
    private let core: OverlapSave<Number>
    private let weights: ReductionWeights<Number>
    private let operations: [SampleOperation]
    private let constantGain: Number
    private let lanes: Int
    private var offsets: [SIMD2<Number>] = []
    /// Samples as they come, and from the weighting of which on.
    private var samples: PairLanes<Number>
    private var fill = 0
    private var reduced: PairLanes<Number>
    /// Results at the lower rate, and at the rate of the samples.
    private var results: PairLanes<Number>
    private var resultFill = 0
    private var expanded: PairLanes<Number>
    private var left = 0

    /// Samples at the lower rate that are computed at a time.
    private static var block: Int { 128 }

    init(
        _ pass: SpectralResponse<Number>, reduction: RateReduction, constantGain: Double,
        lanes: Int, operations: [SampleOperation]
    ) {
        core = OverlapSave(pass, constantGain: 1, lanes: lanes, operations: [])
        weights = ReductionWeights(reduction)
        self.operations = operations
        self.constantGain = Number(constantGain)
        self.lanes = lanes
        let block = Self.block
        samples = PairLanes(
            length: weights.tapCount + block * weights.factor, count: lanes)
        reduced = PairLanes(length: block, count: lanes)
        results = PairLanes(length: weights.width - 1 + block, count: lanes)
        expanded = PairLanes(length: block * weights.factor, count: lanes)
    }

    var reach: Int { weights.factor * (core.reach + weights.width / 2) + weights.reach }

    func begin(count: Int, offsets: [SIMD2<Number>]) {
        self.offsets = offsets
        left = count
        fill = 0
        resultFill = 0
        // Each result is the sum over so many at the lower rate.
        let cells = (count + weights.factor - 1) / weights.factor
        core.begin(
            count: cells + weights.width - 1,
            offsets: Array(repeating: .zero, count: lanes))
    }

    func take(
        _ source: borrowing PairLanes<Number>, from start: Int, count: Int,
        _ emit: PairConsumer<Number>
    ) {
        let full = 2 * weights.reach + Self.block * weights.factor
        var start = start
        let end = start + count
        while start < end {
            let part = min(end - start, full - fill)
            for lane in 0..<lanes {
                source.readLane(lane) { source in
                    samples.withLane(lane) {
                        PairLoops.copy(
                            source, from: start, count: part, to: &$0, at: fill,
                            adding: .zero - offsets[lane])
                    }
                }
            }
            fill += part
            start += part
            if fill == full { reduce(emit) }
        }
    }

    func finish(_ emit: PairConsumer<Number>) {
        let full = 2 * weights.reach + Self.block * weights.factor
        for lane in 0..<lanes {
            samples.withLane(lane) { PairLoops.clear(&$0, fill..<full) }
        }
        reduce(emit)
        core.finish { expand($0, $1, $2, emit) }
    }

    private func reduce(_ emit: PairConsumer<Number>) {
        let kept = 2 * weights.reach
        let step = Self.block * weights.factor
        for lane in 0..<lanes {
            samples.withLane(lane) { samples in
                reduced.withLane(lane) {
                    weights.decimate(samples.span, to: &$0, count: Self.block)
                }
                PairLoops.shift(&samples, from: step, count: kept)
            }
        }
        fill = kept
        core.take(reduced, from: 0, count: Self.block) { expand($0, $1, $2, emit) }
    }

    private func expand(
        _ source: borrowing PairLanes<Number>, _ start: Int, _ count: Int,
        _ emit: PairConsumer<Number>
    ) {
        let kept = weights.width - 1
        var start = start
        let end = start + count
        while start < end {
            let part = min(end - start, kept + Self.block - resultFill)
            for lane in 0..<lanes {
                source.readLane(lane) { source in
                    results.withLane(lane) {
                        PairLoops.copy(source, from: start, count: part, to: &$0, at: resultFill)
                    }
                }
            }
            resultFill += part
            start += part
            let cells = resultFill - kept
            guard cells == Self.block || (start == end && cells > 0) else { continue }
            let count = min(left, cells * weights.factor)
            for lane in 0..<lanes {
                let constant = offsets[lane] * SIMD2(repeating: constantGain)
                results.withLane(lane) { results in
                    expanded.withLane(lane) {
                        weights.interpolate(results.span, to: &$0, count: cells)
                        PairLoops.add(constant, to: &$0, count: count, operations: operations)
                    }
                    PairLoops.shift(&results, from: cells, count: kept)
                }
            }
            resultFill = kept
            left -= count
            emit(expanded, 0, count)
        }
    }
}

/// The weights of a ``RateReduction`` as its loops want them.
struct ReductionWeights<Number: SpectralNumber>: Sendable {
    let factor: Int
    /// Samples that the weights reach to each side.
    let reach: Int
    /// How many results at the lower rate one at the rate of the samples is made of.
    let width: Int
    /// How many samples a result at the lower rate is made of, with those that do not count.
    let tapCount: Int
    /// One weight a number, two numbers a pair.
    private let taps: [Number]
    /// `[width × factor]`, the same.
    private let table: [Number]

    init(_ reduction: RateReduction) {
        let (factor, reach) = (reduction.factor, reduction.reach)
        self.factor = factor
        self.reach = reach
        let side = (reach + factor - 1) / factor
        width = 2 * side + 1
        tapCount = (2 * reach + 1 + 3) / 4 * 4
        func weight(_ distance: Int) -> Number {
            abs(distance) <= reach ? Number(reduction.weights[abs(distance)]) : 0
        }
        taps = (0..<tapCount).flatMap { tap in
            [weight(tap - reach), weight(tap - reach)]
        }
        // The sample `phase` after cell 0, of which the cells `-side...side` are weighted.
        table = (-side...side).flatMap { cell in
            (0..<factor).flatMap { phase in
                [weight(phase - cell * factor), weight(phase - cell * factor)]
            }
        }
    }

    /// Computes one sample in ``factor``.
    func decimate(_ samples: Span<Number>, to target: inout MutableSpan<Number>, count: Int) {
        precondition(
            count >= 1 && 2 * (factor * (count - 1) + tapCount) <= samples.count
                && 2 * count <= target.count)
        unsafe samples.withUnsafeBufferPointer { samples in
            unsafe target.withUnsafeMutableBufferPointer { target in
                unsafe taps.withUnsafeBufferPointer { taps in
                    guard let from = samples.baseAddress, let to = target.baseAddress,
                        let weights = taps.baseAddress
                    else { return }
                    unsafe Number.decimate(from, to, count, factor, weights, taps.count)
                }
            }
        }
    }

    /// Computes ``factor`` samples from ``width`` results each.
    func interpolate(_ results: Span<Number>, to target: inout MutableSpan<Number>, count: Int) {
        precondition(
            count >= 1 && 2 * (count + width - 1) <= results.count
                && 2 * count * factor <= target.count)
        unsafe results.withUnsafeBufferPointer { results in
            unsafe target.withUnsafeMutableBufferPointer { target in
                unsafe table.withUnsafeBufferPointer { table in
                    guard let from = results.baseAddress, let to = target.baseAddress,
                        let weights = table.baseAddress
                    else { return }
                    unsafe Number.interpolate(from, to, count, factor, weights, width)
                }
            }
        }
    }
}
