private import Statistics

/// How long it takes until a movement that has begun is put out.
///
/// An *onset* is a decision whose true class is another movement than that of the decision before;
/// rest is none. Its time is that from the onset to the first decision that puts the class out, 0
/// when the onset itself does; it is *never* when the true class changes before.
package struct OnsetResponse: Sendable, Hashable {
    /// The time of each onset that was followed, in seconds.
    package private(set) var seconds: [Double] = []
    /// How many onsets were never followed.
    package private(set) var neverCount = 0

    /// Of no onset.
    package init() {}

    /// How many onsets there were.
    package var count: Int { seconds.count + neverCount }
    /// The median time of those that were followed; `nil` when none was.
    package var median: Double? { seconds.sorted().percentile(50) }
    /// The 90th percentile of the times; `nil` when none was followed.
    package var p90: Double? { seconds.sorted().percentile(90) }

    /// Adds the onsets of decisions that follow each other, each with its true class.
    ///
    /// - Parameters:
    ///   - decisions: The decisions, all labeled.
    ///   - neutral: The class of rest.
    ///   - rate: Samples a second.
    mutating func add(_ decisions: ArraySlice<OnlineDecision>, neutral: Int?, rate: Double) {
        for onset in decisions.indices.dropFirst() {
            let label = decisions[onset].label
            guard label != decisions[onset - 1].label, label != neutral else { continue }
            let segment = decisions[onset...].prefix { $0.label == label }
            if let first = segment.first(where: { $0.output.label == label }) {
                seconds.append(Double(first.sample - decisions[onset].sample) / rate)
            } else {
                neverCount += 1
            }
        }
    }
}
