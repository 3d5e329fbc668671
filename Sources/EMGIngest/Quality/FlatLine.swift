internal import EMGSignal

/// Finds stretches in which a channel, or all of them at once, do not move.
///
/// One channel must stand still for a second; a quiet channel of small whole numbers does so by
/// chance for a tenth of that. With four channels or more, all of them standing still together
/// for a fifth of a second, and ten times as long as the device holds a sample, is a drop-out of
/// the link.
struct FlatLine: Sendable, Hashable {
    /// What was found: channels in order, then the drop-outs that are shorter than a second.
    let intervals: [QualityInterval]
    /// Stretches of any length in which nothing arrived, in order.
    let dropOuts: [SampleRange]

    init(_ samples: SampleMatrix, rate: SamplingRate, rowsPerUpdate: Double) {
        let width = samples.channelCount
        let count = samples.sampleCount
        let longest = max(rate.samples(inSeconds: 1), Int((20 * rowsPerUpdate).rounded(.up)))
        let patience = count >= 10 ? min(longest, count) : longest
        let shortest = max(
            rate.samples(inSeconds: 0.2), Int((10 * rowsPerUpdate).rounded(.up)), 4)
        let values = samples.values.span
        var found: [[SampleRange]] = Array(repeating: [], count: width)
        var dropOuts: [SampleRange] = []
        var starts = [Int](repeating: 0, count: width)
        var togetherStart = 0
        for row in 1..<max(1, count + 1) {
            let isEnd = row == count
            let now = isEnd ? values : values.extracting(row * width..<(row + 1) * width)
            let before = values.extracting((row - 1) * width..<row * width)
            var isMoving = isEnd
            for channel in 0..<width where isEnd || now[channel] != before[channel] {
                isMoving = true
                if row - starts[channel] >= patience {
                    found[channel].append(SampleRange(start: starts[channel], end: row))
                }
                starts[channel] = row
            }
            if isMoving {
                if width >= 4, row - togetherStart >= shortest {
                    dropOuts.append(SampleRange(start: togetherStart, end: row))
                }
                togetherStart = row
            }
        }
        var result: [QualityInterval] = []
        for channel in 0..<width {
            for range in found[channel] {
                result.append(QualityInterval(range: range, channel: channel, kind: .flatLine))
            }
        }
        for range in dropOuts where range.count < patience {
            result.append(QualityInterval(range: range, channel: nil, kind: .flatLine))
        }
        intervals = result
        self.dropOuts = dropOuts
    }
}
