package import EMGSignal

/// Finds recordings whose rows are written faster than their samples change: a device of 50
/// samples a second logged by a loop of 100 rows a second writes most rows twice.
///
/// A quiet signal of small whole numbers also repeats rows by chance. Two things tell them
/// apart. Chance has no memory: a row is as often equal to the row before as to one much earlier,
/// while a held row is equal to the row before *because* it is the row before. And holding goes
/// on when the muscle works, while chance repeats end there. So the recording is cut into blocks
/// of about a second, the share of rows equal to the one before, less the share equal to one a
/// quarter block earlier, is taken in each, and samples are called held when the tenth percentile
/// of the blocks is at least a quarter.
package struct HeldSamples: Sendable, Hashable {
    /// Rows that repeat the row before, as a share of all.
    package let repeatedShare: Double
    /// The excess over chance in the tenth percentile of the blocks.
    package let typicalExcess: Double
    /// Whether the samples are held.
    package let areHeld: Bool

    /// From which excess on samples are called held.
    package static let threshold = 0.25

    /// Reads a recording once and compares its rows.
    ///
    /// - Parameters:
    ///   - samples: The recording.
    ///   - rate: Rows a second.
    /// - Returns: Whether samples are held, and how many rows repeat.
    /// - Throws: What makes the samples unreadable.
    package static func detect<Samples: SampleBlocks>(
        in samples: Samples, rate: SamplingRate
    ) throws(Samples.Failure) -> HeldSamples {
        let count = samples.sampleCount
        let width = samples.channelCount
        var buffer: [Float] = []
        let block = max(20, rate.samples(inSeconds: 1))
        let lag = block / 4
        var repeats = 0
        var excesses: [Double] = []
        var start = 1
        while start < count {
            let end = count - start < 2 * block ? count : start + block
            // What rows are compared with lies before the block.
            let first = max(0, start - max(1, lag))
            try samples.readSamples(SampleRange(start: first, end: end), into: &buffer)
            let (near, far) = Self.repeats(
                buffer.span, from: start - first, lag: lag, first: first, width: width)
            let compared = max(0, end - max(start, lag))
            repeats += near
            // A block that never moves is a drop-out and says nothing of the device's rate.
            if near < end - start {
                let chance = compared > 0 ? Double(far) / Double(compared) : 0
                excesses.append(Double(near) / Double(end - start) - chance)
            }
            start = end
        }
        excesses.sort()
        let excess = excesses.isEmpty ? 0 : excesses[excesses.count / 10]
        return HeldSamples(
            repeatedShare: count > 1 ? Double(repeats) / Double(count - 1) : 0,
            typicalExcess: excess, areHeld: excess >= threshold)
    }

    /// Distinct rows a second.
    package func effectiveHertz(of rate: SamplingRate) -> Double {
        areHeld ? rate.hertz * (1 - repeatedShare) : rate.hertz
    }

    /// How many rows of a block equal the row before, and how many the row `lag` earlier.
    private static func repeats(
        _ values: Span<Float>, from start: Int, lag: Int, first: Int, width: Int
    ) -> (near: Int, far: Int) {
        var near = 0
        var far = 0
        for row in start..<values.count / width {
            if areEqual(values, row, row - 1, width) { near += 1 }
            if first + row >= lag, areEqual(values, row, row - lag, width) { far += 1 }
        }
        return (near, far)
    }

    private static func areEqual(
        _ values: Span<Float>, _ row: Int, _ other: Int, _ width: Int
    ) -> Bool {
        for channel in 0..<width
        where values[row * width + channel] != values[other * width + channel] {
            return false
        }
        return true
    }
}
