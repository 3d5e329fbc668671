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

    /// Looks at samples.
    ///
    /// - Parameters:
    ///   - samples: The recording.
    ///   - rate: Rows a second.
    package init(_ samples: SampleMatrix, rate: SamplingRate) {
        let count = samples.sampleCount
        let block = max(20, rate.samples(inSeconds: 1))
        let lag = block / 4
        var repeats = 0
        var excesses: [Double] = []
        var start = 1
        while start < count {
            let end = count - start < 2 * block ? count : start + block
            var near = 0
            var far = 0
            var compared = 0
            for row in start..<end {
                if Self.areEqual(samples, row, row - 1) { near += 1 }
                if row >= lag {
                    compared += 1
                    if Self.areEqual(samples, row, row - lag) { far += 1 }
                }
            }
            repeats += near
            // A block that never moves is a drop-out and says nothing of the device's rate.
            if near < end - start {
                let chance = compared > 0 ? Double(far) / Double(compared) : 0
                excesses.append(Double(near) / Double(end - start) - chance)
            }
            start = end
        }
        repeatedShare = count > 1 ? Double(repeats) / Double(count - 1) : 0
        excesses.sort()
        typicalExcess = excesses.isEmpty ? 0 : excesses[excesses.count / 10]
        areHeld = typicalExcess >= Self.threshold
    }

    /// Distinct rows a second.
    package func effectiveHertz(of rate: SamplingRate) -> Double {
        areHeld ? rate.hertz * (1 - repeatedShare) : rate.hertz
    }

    private static func areEqual(_ samples: SampleMatrix, _ row: Int, _ other: Int) -> Bool {
        let width = samples.channelCount
        let values = samples.values.span
        for channel in 0..<width
        where values[row * width + channel] != values[other * width + channel] {
            return false
        }
        return true
    }
}
