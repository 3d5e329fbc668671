package import EMGSignal

/// How far begins or ends that were found are from those that somebody knows.
package struct OnsetComparison: Sendable, Hashable {
    /// Found less known, in seconds, of those that belong together.
    package private(set) var errors: [Double] = []
    /// How many are known and were not found.
    package private(set) var missed = 0
    /// How many were found that nobody knows of.
    package private(set) var extra = 0

    /// Farther from each other than this, in seconds, two have nothing to do with each other.
    package static let reach = 0.5

    /// Creates a comparison of nothing.
    package init() {}

    /// Compares: the two that are nearest belong together, then the nearest of the rest.
    ///
    /// - Parameters:
    ///   - found: Samples.
    ///   - known: Samples.
    ///   - rate: Samples a second.
    package init(_ found: [Int], with known: [Int], rate: SamplingRate) {
        let reach = Self.reach * rate.hertz
        let pairs = known.indices.flatMap { place in
            found.indices.map { (known: place, found: $0, distance: abs(found[$0] - known[place])) }
                .filter { Double($0.distance) <= reach }
        }.sorted { ($0.distance, $0.known, $0.found) < ($1.distance, $1.known, $1.found) }
        var matches: [Int: Int] = [:]
        var used: Set<Int> = []
        for pair in pairs where matches[pair.known] == nil && !used.contains(pair.found) {
            matches[pair.known] = pair.found
            used.insert(pair.found)
        }
        errors = matches.sorted { $0.key < $1.key }.map {
            Double(found[$0.value] - known[$0.key]) / rate.hertz
        }
        missed = known.count - matches.count
        extra = found.count - used.count
    }

    /// Takes the comparison of another recording in.
    package mutating func add(_ other: OnsetComparison) {
        errors += other.errors
        missed += other.missed
        extra += other.extra
    }

    /// How many are known.
    package var knownCount: Int { errors.count + missed }

    /// Which share of what is known was found within so many seconds; `nil` when nothing is known.
    package func share(within seconds: Double) -> Double? {
        guard knownCount > 0 else { return nil }
        // A millionth of a second for the rounding of sample times.
        return Double(errors.count { abs($0) <= seconds + 1e-6 }) / Double(knownCount)
    }

    /// A quantile of the errors in seconds, between neighbors as numpy has it; `nil` without errors.
    package func quantile(_ share: Double) -> Double? {
        let sorted = errors.sorted()
        guard let last = sorted.last else { return nil }
        let place = share * Double(sorted.count - 1)
        let low = Int(place)
        guard low + 1 < sorted.count else { return last }
        return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
    }
}

extension OnsetComparison {
    /// Compares the begins and the ends of movements.
    ///
    /// What begins with the recording has no begin, what ends with it no end.
    ///
    /// - Parameters:
    ///   - found: The movements that were found.
    ///   - known: Those that somebody knows, in order; those that touch are one.
    ///   - sampleCount: The samples of the recording.
    ///   - rate: Samples a second.
    /// - Returns: Both comparisons.
    package static func compare(
        _ found: [SampleRange], with known: [SampleRange], sampleCount: Int, rate: SamplingRate
    ) -> (onsets: OnsetComparison, offsets: OnsetComparison) {
        let known = known.united()
        func onsets(_ ranges: [SampleRange]) -> [Int] { ranges.map(\.start).filter { $0 > 0 } }
        func offsets(_ ranges: [SampleRange]) -> [Int] {
            ranges.map(\.end).filter { $0 < sampleCount }
        }
        return (
            OnsetComparison(onsets(found), with: onsets(known), rate: rate),
            OnsetComparison(offsets(found), with: offsets(known), rate: rate)
        )
    }
}
