internal import EMGSignal

/// Finds samples at the rails of the converter.
///
/// A signal that is not clipped thins out towards its extremes: there are few samples at the
/// very maximum and more just below. A clipped one piles up at the rail. So a channel's extreme
/// is called a rail when at least four updates lie on it and at least twice as many as in the
/// neighboring 3 % of the range. The lower end counts only for signals that go below zero: a
/// rectified signal rests at zero in peace. A drop-out repeats one sample and counts as that one.
/// As |−128| and 127 are the two rails of a rectified
/// signed byte, a power of two as maximum of a rectified signal takes the number below with it.
enum Saturation {
    static func intervals(
        in samples: SampleMatrix, dropOuts: [SampleRange], rowsPerUpdate: Double
    ) -> [QualityInterval] {
        let rails = rails(of: samples, dropOuts: dropOuts, enough: 4 * rowsPerUpdate)
        guard rails.contains(where: { $0.upper != nil || $0.lower != nil }) else { return [] }
        var result: [QualityInterval] = []
        for (channel, rail) in rails.enumerated() {
            result += runs(of: rail, in: samples, channel: channel).map {
                QualityInterval(range: $0, channel: channel, kind: .saturation)
            }
        }
        return result
    }

    /// The rails of one channel: samples at or beyond them are saturated.
    private struct Rails {
        var upper: Float?
        var lower: Float?
    }

    private static func rails(
        of samples: SampleMatrix, dropOuts: [SampleRange], enough: Double
    ) -> [Rails] {
        let width = samples.channelCount
        let values = samples.values.span
        var low = [Float](repeating: .infinity, count: width)
        var high = [Float](repeating: -.infinity, count: width)
        for row in 0..<samples.sampleCount {
            let now = values.extracting(row * width..<(row + 1) * width)
            for channel in 0..<width {
                // A comparison with a missing sample is false, so it moves neither bound.
                if now[channel] < low[channel] { low[channel] = now[channel] }
                if now[channel] > high[channel] { high[channel] = now[channel] }
            }
        }
        var upper = high
        for channel in 0..<width where low[channel] >= 0 && high[channel] >= 64 {
            if high[channel] == high[channel].rounded(), high[channel].significand == 1 {
                upper[channel] = high[channel] - 1
            }
        }
        let margin = (0..<width).map { max(0.03 * (high[$0] - low[$0]), 1) }
        let belowUpper = (0..<width).map { upper[$0] - margin[$0] }
        let aboveLower = (0..<width).map { low[$0] + margin[$0] }
        var onRail = [Int](repeating: 0, count: 2 * width)
        var beside = onRail
        var coming = dropOuts[...]
        for row in 0..<samples.sampleCount {
            if let dropOut = coming.first, row > dropOut.start {
                if row < dropOut.end { continue }
                coming.removeFirst()
            }
            let now = values.extracting(row * width..<(row + 1) * width)
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

    /// The stretches of samples on a rail; holes of up to two samples, where an oscillation
    /// passes from rail to rail, do not end one.
    private static func runs(
        of rails: Rails, in samples: SampleMatrix, channel: Int
    ) -> [SampleRange] {
        guard rails.upper != nil || rails.lower != nil else { return [] }
        let upper = rails.upper ?? .infinity
        let lower = rails.lower ?? -.infinity
        let values = samples.values.span
        var result: [SampleRange] = []
        var start: Int?
        var last = 0
        for row in 0..<samples.sampleCount {
            let value = values[row * samples.channelCount + channel]
            guard value >= upper || value <= lower else { continue }
            if let begun = start, row - last > 3 {
                result.append(SampleRange(start: begun, end: last + 1))
                start = row
            }
            if start == nil { start = row }
            last = row
        }
        if let begun = start { result.append(SampleRange(start: begun, end: last + 1)) }
        return result
    }
}
