private import EMGSignal
private import FFTW

/// Runs segments of any length through a ``ZeroPhaseResponse`` with Fourier transforms.
///
/// By default a segment is continued beyond both ends by odd reflection (turned half round about
/// its end points) for ever: `x[-k] = 2·x[0] - x[k]`, and again at the ends of what that gives.
/// This is how `scipy.signal.sosfiltfilt` pads, but as far as the response reaches.
///
/// * A segment longer than the reach is filtered by ``OverlapSave``.
/// * A shorter one, once its end points lie on a line that is subtracted and which a symmetric
///   response only scales, repeats itself with period `2·(n - 1)`: one transform of that length
///   is exact, however far the response reaches. Two of one length travel together as real and
///   imaginary part: the response is real and symmetric, so they do not mix.
struct SpectralPass: Sendable {
    let response: ZeroPhaseResponse
    private let edges: EdgePolicy

    init(_ response: ZeroPhaseResponse, edges: EdgePolicy = .oddReflection) {
        self.response = response
        self.edges = edges
    }

    /// Filters segments of several channels in place.
    ///
    /// - Parameter lanes: The channels; all samples in their segments are finite.
    func run(_ lanes: inout ChannelLanes) {
        let reach = response.neededReach
        runBlocks(of: lanes.segments.map { $0.filter { $0.count > reach } }, lanes: &lanes)
        let short = lanes.segments.enumerated().flatMap { lane, segments in
            segments.filter { !$0.isEmpty && $0.count <= reach }
                .map { Piece(lane: lane, segment: $0) }
        }
        if edges == .oddReflection || edges == .scipy {
            runWhole(short, lanes: &lanes)
        } else {
            for piece in short { runContinued(piece, lanes: &lanes) }
        }
    }

    /// Filters long segments of each lane.
    private func runBlocks(of segments: [[SampleRange]], lanes: inout ChannelLanes) {
        guard segments.contains(where: { !$0.isEmpty }) else { return }
        let chain = SpectralChain(
            links: [SpectralChain.Link(operations: [], response: response)], closing: [],
            edges: edges)
        lanes.withColumns { columns in
            chain.run(columns, segments: segments, precision: Double.self, threads: 1)
        }
    }

    /// Filters a short segment with its continuation written out.
    private func runContinued(_ piece: Piece, lanes: inout ChannelLanes) {
        let reach = response.neededReach
        let count = piece.segment.count
        let samples = (0..<count).map {
            lanes[lane: piece.lane, sample: piece.segment.start + $0]
        }
        let before = edges.continuation(count: reach, length: count) { samples[$0] }
        let after = edges.continuation(count: reach, length: count) { samples[count - 1 - $0] }
        let all = before.reversed() + samples + after
        var long = ChannelLanes(
            values: all, sampleCount: all.count, channels: 0..<1, continuity: .unbroken)
        runBlocks(of: long.segments, lanes: &long)
        for index in 0..<count {
            lanes[lane: piece.lane, sample: piece.segment.start + index] =
                long[lane: 0, sample: reach + index]
        }
    }

    /// A segment of a lane.
    private struct Piece {
        let lane: Int
        let segment: SampleRange
    }

    // MARK: Whole segments

    private func runWhole(_ segments: [Piece], lanes: inout ChannelLanes) {
        var index = 0
        while index < segments.count {
            var pair = [segments[index]]
            if index + 1 < segments.count,
                segments[index + 1].segment.count == pair[0].segment.count
            {
                pair.append(segments[index + 1])
            }
            runPeriod(of: pair, count: pair[0].segment.count, lanes: &lanes)
            index += pair.count
        }
    }

    /// Filters one or two segments of `count` samples by the period of their continuation.
    private func runPeriod(of pair: [Piece], count: Int, lanes: inout ChannelLanes) {
        // Two samples are their own line, and one is a constant.
        let length = max(1, 2 * (count - 1))
        let lines = pair.map { piece in
            Line(
                first: lanes[lane: piece.lane, sample: piece.segment.start],
                last: lanes[lane: piece.lane, sample: piece.segment.end - 1], count: count)
        }
        let plan = ComplexFFTPlan<Double>.shared(length: length)
        let gains = response.scaledGains(length: length)
        var workspace = plan.makeWorkspace()
        workspace.withSignal { signal in
            for index in 0..<length { signal[index] = .zero }
            for (part, piece) in pair.enumerated() {
                for index in 0..<count {
                    let value =
                        lanes[lane: piece.lane, sample: piece.segment.start + index]
                        - lines[part].value(at: index)
                    signal[index][part] = value
                    if index > 0 { signal[length - index][part] = -value }
                }
            }
        }
        plan.forward(&workspace)
        workspace.withSpectrum { Self.multiply(&$0, by: gains.span) }
        plan.inverse(&workspace)
        workspace.withSignal { signal in
            for (part, piece) in pair.enumerated() {
                for index in 0..<count {
                    lanes[lane: piece.lane, sample: piece.segment.start + index] =
                        signal[index][part] + response.constantGain * lines[part].value(at: index)
                }
            }
        }
    }

    /// The line through the end points of a segment.
    private struct Line {
        let first: Double
        let last: Double
        let count: Int

        func value(at index: Int) -> Double {
            guard count > 1 else { return first }
            // Both end points exactly, so that what is left of the signal is zero there.
            let share = Double(index) / Double(count - 1)
            return first * (1 - share) + last * share
        }
    }

    /// Multiplies the bins `0..<n` of a spectrum by the gains of the bins `0...n / 2`, which those
    /// above mirror.
    private static func multiply(
        _ spectrum: inout MutableSpan<SIMD2<Double>>, by gains: Span<Double>
    ) {
        let count = spectrum.count
        let half = count / 2
        precondition(gains.count == half + 1)
        for bin in 0..<count {
            let mirrored = min(bin, count &- bin)
            unsafe spectrum[unchecked: bin] *= gains[unchecked: mirrored]
        }
    }
}
