internal import EMGSignal

/// Finds samples at the rails of the converter.
///
/// A signal that is not clipped thins out towards its extremes: there are few samples at the
/// very maximum and more just below. A clipped one piles up at the rail. So a channel's extreme
/// is called a rail when at least four updates lie on it and at least twice as many as in the
/// neighboring 3 % of the range (one step of the converter at least). The lower end counts only for signals that go below zero: a
/// rectified signal rests at zero in peace. A drop-out repeats one sample and counts as that one.
/// As |−128| and 127 are the two rails of a rectified
/// signed byte, a power of two as maximum of a rectified signal takes the number below with it.
enum Saturation {
    /// How many segments are kept of each channel.
    private static let mostSegments = 100_000

    static func intervals<Samples: SampleBlocks>(
        in samples: Samples, bounds: SampleBounds, steps: [Double], dropOuts: [SampleRange],
        rowsPerUpdate: Double
    ) throws(Samples.Failure) -> [QualityInterval] {
        let rails = try rails(
            of: samples, bounds: bounds, steps: steps, dropOuts: dropOuts,
            enough: 4 * rowsPerUpdate)
        guard rails.contains(where: { $0.upper != nil || $0.lower != nil }) else { return [] }
        var search = RailSearch(rails: rails.map { ($0.upper, $0.lower) })
        try samples.forEachBlock { search.take($1) }
        search.finish()
        return search.found.enumerated().flatMap { channel, ranges in
            ranges.map { QualityInterval(range: $0, channel: channel, kind: .saturation) }
        }
    }

    /// The rails of one channel: samples at or beyond them are saturated.
    private struct Rails {
        var upper: Float?
        var lower: Float?
    }

    private static func rails<Samples: SampleBlocks>(
        of samples: Samples, bounds: SampleBounds, steps: [Double], dropOuts: [SampleRange],
        enough: Double
    ) throws(Samples.Failure) -> [Rails] {
        let width = samples.channelCount
        let low = bounds.low
        let high = bounds.high
        var upper = high
        for channel in 0..<width where low[channel] >= 0 && high[channel] >= 64 {
            if high[channel] == high[channel].rounded(), high[channel].significand == 1 {
                upper[channel] = high[channel] - 1
            }
        }
        let margin = (0..<width).map { max(0.03 * (high[$0] - low[$0]), Float(steps[$0])) }
        let belowUpper = (0..<width).map { upper[$0] - margin[$0] }
        let aboveLower = (0..<width).map { low[$0] + margin[$0] }
        var onRail = [Int](repeating: 0, count: 2 * width)
        var beside = onRail
        var coming = dropOuts[...]
        try samples.forEachBlock { start, values in
            for index in 0..<values.count / width {
                let row = start + index
                if let dropOut = coming.first, row > dropOut.start {
                    if row < dropOut.end { continue }
                    coming.removeFirst()
                }
                let now = values.extracting(index * width..<(index + 1) * width)
                for channel in 0..<width {
                    let value = now[channel]
                    if value >= belowUpper[channel] {
                        if value >= upper[channel] {
                            onRail[channel] += 1
                        } else {
                            beside[channel] += 1
                        }
                    }
                    if value <= aboveLower[channel] {
                        if value == low[channel] {
                            onRail[width + channel] += 1
                        } else {
                            beside[width + channel] += 1
                        }
                    }
                }
            }
        }
        func isRail(_ index: Int) -> Bool {
            Double(onRail[index]) >= enough && onRail[index] >= 2 * beside[index]
        }
        return (0..<width).map { channel in
            guard low[channel] < high[channel] else { return Rails() }
            return Rails(
                upper: isRail(channel) ? upper[channel] : nil,
                lower: low[channel] < 0 && isRail(width + channel) ? low[channel] : nil)
        }
    }

    /// The search for segments of samples on a rail; holes of up to two samples, where an
    /// oscillation passes from rail to rail, do not end one.
    private struct RailSearch {
        private let upper: [Float]
        private let lower: [Float]
        private var row = 0
        private var starts: [Int?]
        private var lasts: [Int]
        private(set) var found: [[SampleRange]]

        init(rails: [(upper: Float?, lower: Float?)]) {
            upper = rails.map { $0.upper ?? .infinity }
            // Infinite samples of a channel without rails are not finite, not saturated.
            lower = rails.map { $0.lower ?? -.infinity }
            starts = Array(repeating: nil, count: rails.count)
            lasts = Array(repeating: 0, count: rails.count)
            found = Array(repeating: [], count: rails.count)
        }

        mutating func take(_ values: borrowing Span<Float>) {
            let width = upper.count
            for index in 0..<values.count / width {
                for channel in 0..<width {
                    let value = values[index * width + channel]
                    guard value >= upper[channel] || value <= lower[channel], value.isFinite
                    else { continue }
                    hit(channel)
                }
                row += 1
            }
        }

        mutating func finish() {
            for channel in starts.indices { end(channel) }
        }

        private mutating func hit(_ channel: Int) {
            if starts[channel] != nil, row - lasts[channel] > 3 { end(channel) }
            if starts[channel] == nil { starts[channel] = row }
            lasts[channel] = row
        }

        private mutating func end(_ channel: Int) {
            guard let start = starts[channel] else { return }
            starts[channel] = nil
            guard found[channel].count < Saturation.mostSegments else { return }
            found[channel].append(SampleRange(start: start, end: lasts[channel] + 1))
        }
    }
}
