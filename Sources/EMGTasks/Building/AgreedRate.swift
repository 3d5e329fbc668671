package import EMGSignal

/// The sampling rate that most of many recordings have.
package enum AgreedRate {
    /// The median of the rates that agree with one of them, of the one that most agree with; the
    /// earliest of several.
    ///
    /// Those that agree with a rate lie side by side once all are sorted: a million recordings are
    /// not compared with each other.
    ///
    /// - Parameters:
    ///   - rates: The rate of each recording.
    ///   - agree: Whether two rates are one.
    /// - Returns: The rate; `nil` when there are none.
    package static func among(
        _ rates: [SamplingRate],
        agree: (SamplingRate, SamplingRate) -> Bool = { $0.agrees(with: $1) }
    ) -> SamplingRate? {
        let sorted = rates.sorted { $0.hertz < $1.hertz }
        var seen: Set<SamplingRate> = []
        var largest = 0..<0
        for rate in rates where seen.insert(rate).inserted {
            let first = firstPlace(in: sorted) { $0.hertz >= rate.hertz || agree($0, rate) }
            let end = firstPlace(in: sorted) { $0.hertz > rate.hertz && !agree($0, rate) }
            if end - first > largest.count { largest = first..<end }
        }
        return largest.isEmpty ? nil : sorted[largest.lowerBound + largest.count / 2]
    }

    /// The first place of sorted rates at which something holds that holds from there on.
    private static func firstPlace(
        in rates: [SamplingRate], where holds: (SamplingRate) -> Bool
    ) -> Int {
        var (low, high) = (0, rates.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(rates[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
