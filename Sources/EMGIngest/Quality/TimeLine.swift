import EMGSignal

/// What the time stamps of a recording say: its rate, and where it is broken.
///
/// The step between samples is the median of the steps that go forward (the mean where stamps
/// scatter or come in bursts). A gap is found where the
/// time stamps leave the even grid of that step for good: the medians of the deviations before
/// and after must differ by three quarters of a step or more. Jitter moves single stamps off the
/// grid and back again, so it makes no gap, and neither does a stamp that stands twice and is
/// made up for by the next one.
package struct TimeLine: Sendable, Hashable {
    /// A place where the recording must be cut.
    package struct Break: Sendable, Hashable {
        /// The first sample behind it.
        package let sample: Int
        /// How many samples are missing; 0 when the clock went back.
        package let missingSamples: Int
        /// By how many seconds the clock is off the grid there; below 0 when it went back.
        package let seconds: Double
    }

    /// The rate in hertz, from the median step, before any rounding; `nil` when no step goes
    /// forward.
    package let measuredHertz: Double?
    /// Samples a second over the whole recording, breaks where the clock goes back left out.
    package let meanHertz: Double?
    /// Samples whose stamp is that of the sample before.
    package let duplicates: [Int]
    /// Where samples are missing or the clock went back, in order.
    package let breaks: [Break]
    /// Half the distance between the 5th and 95th percentile of the steps, in parts of the median
    /// step.
    package let jitter: Double

    /// How many duplicates and breaks are kept: a clock with more says nothing.
    package static let mostPlaces = 100_000

    /// Looks at time stamps.
    ///
    /// - Parameter times: Finite seconds, one a sample.
    /// - Throws: What makes the time stamps unreadable.
    package init<Times: TimeBlocks>(_ times: Times) throws(Times.Failure) {
        let survey = try StepSurvey(times)
        duplicates = survey.duplicates
        guard survey.forwardCount > 0 else {
            measuredHertz = nil
            meanHertz = nil
            breaks = []
            jitter = 0
            return
        }
        let mean = survey.forwardTime / Double(survey.forwardCount + survey.duplicateCount)
        meanHertz = 1 / mean
        // Devices that send samples in pairs stamp both alike; then the median step spans
        // several samples and only the mean tells the rate.
        let isBursty = survey.duplicateCount * 4 >= times.count - 1
        var steps = StepOrder(times, count: survey.forwardCount)
        let median = isBursty ? mean : try steps.step(ofRank: survey.forwardCount / 2)
        let breaks = try Self.breaks(times, step: median)
        self.breaks = breaks
        if isBursty {
            jitter = 0
        } else {
            let longest = breaks.filter { $0.missingSamples > 0 }.count
            // Steps over a gap are the longest ones; they say nothing of jitter.
            let count = Swift.max(1, survey.forwardCount - longest)
            let low = try steps.step(ofRank: count / 20)
            let high = try steps.step(ofRank: count - 1 - count / 20)
            jitter = (high - low) / (2 * median)
        }
        // The median of steps that scatter is itself uncertain; the mean over an unbroken
        // recording is not, as what one step is too long the next is too short.
        measuredHertz = 1 / (jitter > Self.scatteringJitter && breaks.isEmpty ? mean : median)
    }

    /// From which ``jitter`` on time stamps are said to scatter.
    package static let scatteringJitter = 0.2

    /// How many stamps on each side are looked at to tell a gap from jitter.
    private static let reach = 7

    /// How many stamps are looked at together.
    private static let blockCount = 1 << 15

    private static func breaks<Times: TimeBlocks>(
        _ times: Times, step: Double
    ) throws(Times.Failure) -> [Break] {
        var result: [Break] = []
        var buffer: [Double] = []
        var start = 1
        while start < times.count, result.count < mostPlaces {
            let end = min(start + blockCount, times.count)
            // A break is judged by its neighbors on both sides.
            let first = max(0, start - reach)
            let last = min(times.count, end + reach)
            try times.readTimes(SampleRange(start: first, end: last), into: &buffer)
            for sample in start..<end {
                let actual = buffer[sample - first] - buffer[sample - first - 1]
                guard actual < 0 || actual > 1.5 * step else { continue }
                let found = judge(
                    sample, in: buffer, first: first, step: step,
                    floor: result.last?.sample ?? 0)
                if let found, result.count < mostPlaces { result.append(found) }
            }
            start = end
        }
        return result
    }

    /// Whether the stamps leave the grid for good at a sample.
    private static func judge(
        _ sample: Int, in times: [Double], first: Int, step: Double, floor: Int
    ) -> Break? {
        let place = sample - first
        let actual = times[place] - times[place - 1]
        let before = (max(max(floor, sample - reach) - first, 0)..<place).map {
            times[$0] - Double($0 - place) * step
        }
        var end = place + 1
        // The stamps behind it count up to the next break, which is not looked at yet.
        while end < min(times.count, place + reach), times[end] >= times[end - 1],
            times[end] - times[end - 1] <= 1.5 * step
        {
            end += 1
        }
        let after = (place..<end).map { times[$0] - Double($0 - place) * step }
        let shift = median(after) - median(before)
        if actual < 0, shift < -step / 2 {
            return Break(sample: sample, missingSamples: 0, seconds: shift)
        } else if actual > 0, shift >= 0.75 * step {
            let missing = (shift / step).rounded()
            return Break(
                sample: sample, missingSamples: Int(max(1, min(missing, 1e15))), seconds: shift)
        }
        return nil
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
