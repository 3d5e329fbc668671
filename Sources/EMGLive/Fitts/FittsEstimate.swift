internal import Documents
private import Statistics

/// A mean over trials, and where it lies with 95 % confidence.
package struct FittsEstimate: Sendable, Hashable {
    /// The mean.
    package let mean: Double
    /// The lower bound; `nil` when the trials are too few or all alike.
    package let low: Double?
    /// The upper bound; `nil` when the trials are too few or all alike.
    package let high: Double?
    /// Of how many trials.
    package let count: Int

    /// What a number is that an estimate is of.
    enum Scale {
        /// From 0 to 1.
        case share
        /// From 0.
        case amount
    }

    /// The mean of a number of each trial, with the interval of ``PeopleInterval`` where trials are
    /// the independent cases; `nil` without trials.
    init?(meanOf values: [Double], _ scale: Scale) {
        guard let mean = values.mean else { return nil }
        let interval = PeopleInterval(
            meanOf: values, scale: scale == .share ? .share : .difference)
        self.mean = mean
        low = interval.map { max(0, $0.low) }
        high = interval?.high
        count = values.count
    }

    /// The share of trials with a property, with Wilson's interval; `nil` without trials.
    init?(shareOf trials: [FittsTrial], where hasProperty: (FittsTrial) -> Bool) {
        guard !trials.isEmpty else { return nil }
        mean = Double(trials.count(where: hasProperty)) / Double(trials.count)
        let bounds = WilsonInterval.bounds(ofShare: mean, count: Double(trials.count))
        low = bounds.lowerBound
        high = bounds.upperBound
        count = trials.count
    }

    /// The estimate for programs.
    var document: DocumentValue {
        .object([
            "mean": .number(mean), "low": low.map { .number($0) } ?? .null,
            "high": high.map { .number($0) } ?? .null, "count": .integer(count),
        ])
    }
}
