package import EMGSignal

/// How long after a prompt a person began to move.
///
/// The envelope is the mean over channels of how far each is from its mean in the rest before,
/// relative to its mean deviation there, averaged over 50 ms. A movement begins where the envelope
/// leaves the band that it kept in the rest, mean ± 4 standard deviations and at least a third of
/// the mean, and stays outside for 50 ms: a double threshold, of amplitude and of time (Bonato et
/// al., IEEE Trans. Biomed. Eng. 45, 1998). Leaving it downwards counts, too: to relax after a
/// contraction is a movement.
///
/// - Parameters:
///   - samples: Rows of all channels, row-major; the first is the first of the rest.
///   - channelCount: Channels of a row.
///   - prompt: The row at which the person was asked.
///   - rate: Samples a second.
/// - Returns: Seconds from the prompt; `nil` when no movement is seen or the rest is shorter than
///   0.2 s.
package func reactionOffset(
    _ samples: [Float], channelCount: Int, prompt: Int, rate: SamplingRate
) -> Double? {
    let smoothing = max(1, rate.samples(inSeconds: 0.05))
    guard prompt >= max(rate.samples(inSeconds: 0.2), 4 * smoothing),
        prompt < samples.count / channelCount
    else { return nil }
    let envelope = restEnvelope(
        samples, channelCount: channelCount, rest: prompt, smoothing: smoothing)
    let quiet = envelope.prefix(max(1, prompt - smoothing + 1))
    let mean = quiet.reduce(0, +) / Double(quiet.count)
    let variance = quiet.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(quiet.count)
    let width = max(4 * variance.squareRoot(), mean / 3)
    var outside = 0
    // The first average that holds no sample of after the prompt ends with it.
    for index in quiet.count..<max(quiet.count, envelope.count) {
        outside = abs(envelope[index] - mean) > width ? outside + 1 : 0
        guard outside == smoothing else { continue }
        // The average leaves the band when about half of its samples are of the movement.
        let first = index - outside + 1 + smoothing / 2
        return rate.seconds(ofSamples: max(0, first - prompt))
    }
    return nil
}

/// The mean over channels of their relative deviation from the rest, averaged over a number of
/// rows; value *i* is of the rows `i..<i + smoothing`.
private func restEnvelope(
    _ samples: [Float], channelCount: Int, rest: Int, smoothing: Int
) -> [Double] {
    let rowCount = samples.count / channelCount
    var deviation = [Double](repeating: 0, count: rowCount)
    for channel in 0..<channelCount {
        func value(_ row: Int) -> Double { Double(samples[row * channelCount + channel]) }
        let mean = (0..<rest).reduce(0) { $0 + value($1) } / Double(rest)
        let scale = (0..<rest).reduce(0) { $0 + abs(value($1) - mean) } / Double(rest)
        // A channel that does not move, or has no number in it, says nothing.
        guard scale > 0, scale.isFinite else { continue }
        for row in 0..<rowCount {
            let relative = abs(value(row) - mean) / scale
            if relative.isFinite { deviation[row] += relative }
        }
    }
    guard rowCount >= smoothing else { return [] }
    var sum = deviation.prefix(smoothing).reduce(0, +)
    var envelope = [sum]
    envelope.reserveCapacity(rowCount - smoothing + 1)
    for row in smoothing..<rowCount {
        sum += deviation[row] - deviation[row - smoothing]
        envelope.append(sum)
    }
    return envelope
}
