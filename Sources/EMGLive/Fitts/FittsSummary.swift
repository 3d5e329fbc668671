package import Documents

/// What the trials of a target task say together.
///
/// A number that nothing is known of is `nil`. Trials that were not completed count in
/// ``completionRate`` and ``overshoots`` alone.
package struct FittsSummary: Sendable, Hashable {
    /// How many trials there were.
    package let trialCount: Int
    /// The share of trials that were completed.
    package let completionRate: FittsEstimate?
    /// ID / MT in bits a second, a mean over completed trials (Williams and Kirsch 2008; Scheme and
    /// Englehart 2013).
    package let throughput: FittsEstimate?
    /// IDe / MT in bits a second, a mean over conditions (ISO 9241-411:2012).
    package let effectiveThroughput: FittsEstimate?
    /// The conditions that ``effectiveThroughput`` is a mean over.
    package let conditions: [EffectiveThroughput]
    /// The movement time of completed trials, in seconds.
    package let movementSeconds: FittsEstimate?
    /// When the cursor moved for the first time, in seconds, where it did.
    package let reactionSeconds: FittsEstimate?
    /// How often the cursor left a target before the dwell time was over, a trial.
    package let overshoots: FittsEstimate?
    /// The path efficiency of completed trials.
    package let pathEfficiency: FittsEstimate?
    /// How far the cursor moved in the target until it was reached, in arena widths, of completed
    /// trials.
    package let stoppingDistance: FittsEstimate?
    /// The share of decisions in a rest that were not neutral, a mean over rests.
    package let restShare: FittsEstimate?
    /// How many movements began in a minute of rest, a mean over rests.
    package let restActivationsPerMinute: FittsEstimate?

    /// Sums trials up.
    ///
    /// - Parameter trials: Any number of them, in their order.
    package init(_ trials: [FittsTrial]) {
        let completed = trials.filter(\.isCompleted)
        trialCount = trials.count
        completionRate = FittsEstimate(shareOf: trials, where: \.isCompleted)
        throughput = FittsEstimate(meanOf: completed.compactMap(\.throughput), .amount)
        var conditions: [FittsCondition] = []
        for trial in trials where !conditions.contains(trial.target.condition) {
            conditions.append(trial.target.condition)
        }
        conditions.sort { ($0.distance, $0.width) < ($1.distance, $1.width) }
        self.conditions = conditions.compactMap { EffectiveThroughput($0, of: trials) }
        effectiveThroughput = FittsEstimate(
            meanOf: self.conditions.map(\.bitsPerSecond), .amount)
        movementSeconds = FittsEstimate(meanOf: completed.compactMap(\.movementSeconds), .amount)
        reactionSeconds = FittsEstimate(meanOf: trials.compactMap(\.reactionSeconds), .amount)
        overshoots = FittsEstimate(meanOf: trials.map { Double($0.overshoots) }, .amount)
        pathEfficiency = FittsEstimate(meanOf: completed.compactMap(\.pathEfficiency), .share)
        stoppingDistance = FittsEstimate(
            meanOf: completed.compactMap(\.stoppingDistance), .amount)
        restShare = FittsEstimate(meanOf: trials.compactMap(\.rest.share), .share)
        restActivationsPerMinute = FittsEstimate(
            meanOf: trials.compactMap(\.rest.activationsPerMinute), .amount)
    }

    /// The summary for programs: each number with its interval, `null` where nothing is known.
    package var document: DocumentValue {
        let estimates: KeyValuePairs<String, FittsEstimate?> = [
            "completion_rate": completionRate, "throughput": throughput,
            "effective_throughput": effectiveThroughput, "movement_seconds": movementSeconds,
            "reaction_seconds": reactionSeconds, "overshoots": overshoots,
            "path_efficiency": pathEfficiency, "stopping_distance": stoppingDistance,
            "rest_share": restShare, "rest_activations_per_minute": restActivationsPerMinute,
        ]
        return .object(
            [DocumentValue.Member(key: "trials", value: .integer(trialCount))]
                + estimates.map { .init(key: $0.key, value: $0.value?.document ?? .null) }
                + [.init(key: "conditions", value: .array(conditions.map(\.document)))])
    }
}
