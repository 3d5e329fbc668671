/// How much faster or slower a source's clock runs than this machine's: the slope of arrival times
/// over the times that the samples' numbers and the rate say, by least squares.
///
/// Packets arrive early and late; over seconds that evens out.
struct ClockDrift {
    /// Below this many seconds the unevenness of arrivals is all that there is to see.
    private static let shortestSeconds = 10.0

    private var origin: (arrival: UInt64, samples: Int)?
    private var count = 0.0
    private var meanTime = 0.0
    private var meanExcess = 0.0
    private var squares = 0.0
    private var products = 0.0
    private var seconds = 0.0

    /// Takes an arrival.
    ///
    /// - Parameters:
    ///   - samples: Samples up to there, lost ones too.
    ///   - arrival: When the last of them arrived, in nanoseconds.
    ///   - rate: Samples a second.
    mutating func add(samples: Int, arrival: UInt64, rate: Double) {
        guard let origin else {
            origin = (arrival, samples)
            return
        }
        guard arrival >= origin.arrival else { return }
        seconds = Double(samples - origin.samples) / rate
        // The excess over the nominal time is small and keeps its digits.
        let excess = Double(arrival - origin.arrival) / 1e9 - seconds
        count += 1
        let deviation = seconds - meanTime
        meanTime += deviation / count
        meanExcess += (excess - meanExcess) / count
        squares += deviation * (seconds - meanTime)
        products += deviation * (excess - meanExcess)
    }

    /// The drift in millionths: positive when samples come slower than the rate says; `nil` when it
    /// cannot be known yet.
    var partsPerMillion: Double? {
        guard seconds >= Self.shortestSeconds, squares > 0 else { return nil }
        return products / squares * 1e6
    }
}
