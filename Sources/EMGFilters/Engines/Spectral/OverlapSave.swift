internal import FFTW

/// One response applied by transforms of one length.
///
/// The two channels of a lane are the real and the imaginary part of a complex signal: the response
/// is real and symmetric, so they do not mix. Each transform takes the reach of the response on
/// both sides along and keeps what is between.
final class OverlapSave<Number: SpectralNumber> {
    private let pass: SpectralResponse<Number>
    /// What is done to results.
    private let operations: [SampleOperation]
    /// What a constant is multiplied by.
    private let constantGain: Number
    /// The samples of each lane, those of the last transform that the next one needs first. Between
    /// transforms the results are behind them.
    private var windows: PairLanes<Number>
    private var workspace: ComplexFFTPlan<Number>.Workspace
    private var offsets: [SIMD2<Number>] = []
    private var fill = 0
    private var left = 0

    init(
        _ pass: SpectralResponse<Number>, constantGain: Double, lanes: Int,
        operations: [SampleOperation]
    ) {
        self.pass = pass
        self.operations = operations
        self.constantGain = Number(constantGain)
        windows = PairLanes(length: pass.length, count: lanes)
        workspace = pass.plan.makeWorkspace()
    }

    var reach: Int { pass.reach }

    func begin(count: Int, offsets: [SIMD2<Number>]) {
        precondition(offsets.count == windows.count)
        self.offsets = offsets
        left = count
        fill = 0
    }

    func take(
        _ source: borrowing PairLanes<Number>, from start: Int, count: Int,
        _ emit: PairConsumer<Number>
    ) {
        var start = start
        let end = start + count
        while start < end, left > 0 {
            let part = min(end - start, pass.length - fill)
            for lane in 0..<windows.count {
                source.readLane(lane) { samples in
                    windows.withLane(lane) {
                        PairLoops.copy(
                            samples, from: start, count: part, to: &$0, at: fill,
                            adding: .zero - offsets[lane])
                    }
                }
            }
            fill += part
            start += part
            if fill == pass.length { advance(emit) }
        }
    }

    func finish(_ emit: PairConsumer<Number>) {
        while left > 0 {
            for lane in 0..<windows.count {
                windows.withLane(lane) { PairLoops.clear(&$0, fill..<pass.length) }
            }
            advance(emit)
        }
    }

    /// Transforms full windows.
    private func advance(_ emit: PairConsumer<Number>) {
        let kept = 2 * pass.reach
        let count = min(pass.length - kept, left)
        for lane in 0..<windows.count {
            pass.plan.forward(windows, lane: lane, into: &workspace)
            workspace.withSpectrumNumbers { pass.multiply(&$0) }
            pass.plan.inverse(&workspace)
            let constant = offsets[lane] * SIMD2(repeating: constantGain)
            windows.withLane(lane) { window in
                PairLoops.shift(&window, from: pass.length - kept, count: kept)
                workspace.withSignalNumbers {
                    PairLoops.copy(
                        $0.span, from: pass.reach, count: count, to: &window, at: kept,
                        adding: constant, operations: operations)
                }
            }
        }
        left -= count
        fill = kept
        emit(windows, kept, count)
    }
}
