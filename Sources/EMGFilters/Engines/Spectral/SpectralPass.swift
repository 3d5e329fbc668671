private import EMGSignal
private import FFTW

/// Runs signals through a ``ZeroPhaseResponse`` with Fourier transforms.
///
/// By default a segment is continued beyond both ends by odd reflection (turned half round about
/// its end points) for ever: `x[-k] = 2·x[0] - x[k]`, and again at the ends of what that gives.
/// This is how `scipy.signal.sosfiltfilt` pads, but as far as the response reaches.
///
/// * A segment longer than the reach is filtered by overlap-save: each transform of one length
///   takes the reach on both sides along and keeps what is between.
/// * A shorter one, once its end points lie on a line that is subtracted and which a symmetric
///   response only scales, repeats itself with period `2·(n - 1)`: one transform of that length
///   is exact, however far the response reaches.
///
/// Two pieces travel together as real and imaginary part of a complex transform. The response is
/// real and symmetric, so they do not mix.
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
        var long: [Piece] = []
        var short: [Piece] = []
        for (lane, segments) in lanes.segments.enumerated() {
            for segment in segments where !segment.isEmpty {
                let piece = Piece(lane: lane, segment: segment, start: 0, mean: 0)
                if segment.count > response.reach {
                    long.append(piece)
                } else {
                    short.append(piece)
                }
            }
        }
        runBlocks(of: long, lanes: &lanes)
        if edges == .oddReflection || edges == .scipy {
            runWhole(short, lanes: &lanes)
        } else {
            for piece in short { runContinued(piece, lanes: &lanes) }
        }
    }

    /// Filters a short segment with its continuation written out.
    private func runContinued(_ piece: Piece, lanes: inout ChannelLanes) {
        let reach = response.reach
        let count = piece.segment.count
        let samples = (0..<count).map {
            lanes[lane: piece.lane, sample: piece.segment.start + $0]
        }
        let before = edges.continuation(count: reach, length: count) { samples[$0] }
        let after = edges.continuation(count: reach, length: count) { samples[count - 1 - $0] }
        let all = before.reversed() + samples + after
        var long = ChannelLanes(
            values: all, sampleCount: all.count, channels: 0..<1, continuity: .unbroken)
        SpectralPass(response, edges: edges).run(&long)
        for index in 0..<count {
            lanes[lane: piece.lane, sample: piece.segment.start + index] =
                long[lane: 0, sample: reach + index]
        }
    }

    /// A block of a segment: `start` is the first sample it yields, counted from the segment's.
    private struct Piece {
        let lane: Int
        let segment: SampleRange
        var start: Int
        var mean: Double
    }

    // MARK: Overlap-save

    private func runBlocks(of segments: [Piece], lanes: inout ChannelLanes) {
        guard !segments.isEmpty else { return }
        let reach = response.reach
        let length = BlockLength.best(reach: reach, segments: segments.map(\.segment.count))
        let step = length - 2 * reach
        var blocks: [Piece] = []
        for var piece in segments {
            piece.mean = lanes.mean(lane: piece.lane, segment: piece.segment)
            for start in stride(from: 0, to: piece.segment.count, by: step) {
                piece.start = start
                blocks.append(piece)
            }
        }
        let plan = ComplexFFTPlan<Double>.shared(length: length)
        let gains = response.scaledGains(length: length)
        var workspace = plan.makeWorkspace()
        var real = [Double](repeating: 0, count: length)
        var imaginary = real
        // Results overwrite samples that the next block of the same lane still needs on its left:
        // each lane keeps the last `reach` of them.
        var kept = [Double](repeating: 0, count: reach * lanes.count)
        for first in stride(from: 0, to: blocks.count, by: 2) {
            let pair = blocks[first..<min(first + 2, blocks.count)]
            load(blocks[first], into: &real, lanes: lanes, kept: &kept)
            if pair.count == 2 {
                load(blocks[first + 1], into: &imaginary, lanes: lanes, kept: &kept)
            } else {
                for index in imaginary.indices { imaginary[index] = 0 }
            }
            workspace.withSignal { Self.interleave(real, imaginary, into: &$0) }
            plan.forward(&workspace)
            workspace.withSpectrum { Self.multiply(&$0, by: gains.span) }
            plan.inverse(&workspace)
            workspace.withSignal { signal in
                for (part, block) in pair.enumerated() {
                    lanes.replace(
                        from: signal, part: part, at: reach,
                        count: min(step, block.segment.count - block.start), lane: block.lane,
                        start: block.segment.start + block.start,
                        adding: block.mean * response.constantGain)
                }
            }
        }
    }

    /// Fills a window with a block, the samples the response reaches on both sides of it and,
    /// beyond the ends of the segment, their reflection, all less the segment's mean.
    private func load(
        _ block: Piece, into window: inout [Double], lanes: ChannelLanes, kept: inout [Double]
    ) {
        let reach = response.reach
        let length = window.count
        let step = length - 2 * reach
        // Position `index` of the window is sample `index + offset` of the segment.
        let offset = block.start - reach
        let begin = max(0, -offset)
        let end = min(length, block.segment.count - offset)
        let keptStart = block.lane * reach
        var window = window.mutableSpan
        var index = begin
        if block.start > 0 {
            while index < reach {
                window[index] = kept[keptStart + index]
                index += 1
            }
        }
        lanes.copy(
            into: &window, at: index, count: end - index, lane: block.lane,
            start: block.segment.start + offset + index, subtracting: block.mean)
        if block.start + step < block.segment.count {
            for position in 0..<reach { kept[keptStart + position] = window[step + position] }
        }
        if begin > 0 {
            let edge = window[begin]
            for distance in 1...begin {
                window[begin - distance] = continued(edge, window[begin + distance], block.mean)
            }
        }
        let reflected = min(reach, length - end)
        if reflected > 0 {
            let last = end - 1
            let edge = window[last]
            for distance in 1...reflected {
                window[last + distance] = continued(edge, window[last - distance], block.mean)
            }
        }
        for index in end + reflected..<length { window[index] = 0 }
    }

    /// A sample beyond an end; all numbers are less the mean.
    private func continued(_ edge: Double, _ inside: Double, _ mean: Double) -> Double {
        edges == .none ? -mean : edges.value(edge: edge, inside: inside)
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

    // MARK: Loops

    private static func interleave(
        _ real: [Double], _ imaginary: [Double], into signal: inout MutableSpan<SIMD2<Double>>
    ) {
        let (real, imaginary) = (real.span, imaginary.span)
        let count = signal.count
        precondition(real.count == count && imaginary.count == count)
        for index in 0..<count {
            unsafe signal[unchecked: index] = SIMD2(
                real[unchecked: index], imaginary[unchecked: index])
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
