internal import EMGSignal

/// Which sample of a recording is nearest to a time.
struct SampleClock: Sendable {
    private let count: Int
    private let rate: Double
    /// The time stamps of a recording with gaps, from 0; `nil` for an even clock.
    private let times: [Double]?

    init(_ header: RecordingHeader, timeStamps: [Double]?) {
        count = header.sampleCount
        rate = header.samplingRate.hertz
        let hasGaps = header.quality.contains { $0.kind == .gap }
        times =
            hasGaps
            ? timeStamps.flatMap { stamps in
                stamps.first.map { first in stamps.map { $0 - first } }
            } : nil
    }

    /// The length of the recording, gaps included.
    var seconds: Double { (times?.last).map { $0 + 1 / rate } ?? Double(count) / rate }

    /// The sample nearest to a time in seconds from the first; outside the recording one that there
    /// would be.
    func sample(at time: Double) -> Int {
        guard let times, let last = times.last, time > 0 else { return steps(time) }
        guard time <= last else { return count - 1 + steps(time - last) }
        var (low, high) = (0, times.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low > 0 && time - times[low - 1] < times[low] - time ? low - 1 : low
    }

    /// How many samples a time is long, within what numbers of samples may be.
    private func steps(_ time: Double) -> Int {
        Int(min(max((time * rate).rounded(), -1e15), 1e15))
    }
}
