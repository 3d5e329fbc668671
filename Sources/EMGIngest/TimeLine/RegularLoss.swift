internal import EMGSignal

/// Samples that are missing from an even grid, each time after the same number of samples.
///
/// Stamps that are all multiples of one step and now and then leave a multiple out are those of a
/// lower rate, written with few digits, or those of a device that loses samples. Both have the same
/// line; what tells them apart is that the grid has a rate of devices and that the losses repeat
/// themselves exactly, which the digits of an odd rate do not.
struct RegularLoss: Sendable, Hashable {
    /// The first sample behind each loss.
    let samples: [Int]
    /// How many samples are missing each time.
    let missing: Int

    /// Fewer losses are no rule.
    private static let fewest = 3
    /// Losses more often than that are a rate.
    private static let shortestDistance = 4
    private static let blockCount = 1 << 15

    /// Looks for losses; `nil` when there is any other step.
    ///
    /// - Parameters:
    ///   - times: The stamps in seconds.
    ///   - step: The step of the grid, in seconds.
    /// - Throws: What makes the time stamps unreadable.
    init?<Times: TimeBlocks>(_ times: Times, step: Double) throws(Times.Failure) {
        var samples: [Int] = []
        var longest: Double?
        var buffer: [Double] = []
        var start = 1
        while start < times.count {
            let end = min(start + Self.blockCount, times.count)
            try times.readTimes(SampleRange(start: start - 1, end: end), into: &buffer)
            for place in 1..<buffer.count {
                let steps = ((buffer[place] - buffer[place - 1]) / step).rounded()
                guard steps != 1 else { continue }
                let sample = start - 1 + place
                let distance = sample - (samples.last ?? 0)
                guard steps > 1, steps == longest ?? steps,
                    samples.isEmpty || distance >= Self.shortestDistance,
                    samples.count < 2 || distance == samples[1] - samples[0]
                else { return nil }
                longest = steps
                samples.append(sample)
            }
            start = end
        }
        guard samples.count >= Self.fewest, let longest, longest < 1e6 else { return nil }
        let distance = samples[1] - samples[0]
        guard samples[0] <= distance, times.count - samples[samples.count - 1] <= distance else {
            return nil
        }
        self.samples = samples
        missing = Int(longest) - 1
    }
}
