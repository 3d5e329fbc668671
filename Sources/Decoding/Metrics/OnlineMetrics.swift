package import Statistics

/// How good a decoder is in use: from its decisions, what was put out, and what was true.
package struct OnlineMetrics: Sendable {
    /// How many decisions there were.
    package private(set) var count = 0
    /// How many of them had no whole window of good samples.
    package private(set) var faultCount = 0
    /// How many of them had a true class.
    package private(set) var labeledCount = 0
    /// How many of those put it out.
    package private(set) var rightCount = 0
    /// How well changes of intent were followed by what was put out.
    package private(set) var transitions: TransitionScore
    /// How long it takes until a movement is put out.
    package private(set) var onsets = OnsetResponse()
    /// How often a movement was put out anew while there was rest.
    package private(set) var falseActivationCount = 0
    /// How long there was rest; 0 when no class is neutral.
    package private(set) var restSeconds = 0.0
    /// How good the probabilities are, of labeled decisions with a whole window.
    package private(set) var probabilities = ProbabilityScore()
    /// How right the most probable decisions are.
    package private(set) var rejection = RejectionCurve([])
    /// From the last sample to the decision; `nil` when it was not measured.
    package var latency: LatencyHistogram?

    /// The coverages at which tables show the accuracy.
    package static let coverages = [1, 0.95, 0.9, 0.8, 0.5]

    /// Evaluates decisions.
    ///
    /// - Parameters:
    ///   - recordings: The decisions of each recording or stream in their order.
    ///   - classCount: How many classes there are, at most 255.
    ///   - neutral: The class of rest; `nil` when no class is.
    ///   - rate: Samples a second, above 0.
    ///   - stride: Samples from one decision to the next; those farther apart do not follow each
    ///     other.
    ///   - latency: From the last sample to the decision.
    package init(
        _ recordings: [[OnlineDecision]], classCount: Int, neutral: Int?, rate: Double, stride: Int,
        latency: LatencyHistogram? = nil
    ) {
        precondition(rate > 0 && stride >= 1, "got \(rate) Hz and a stride of \(stride)")
        precondition((1...255).contains(classCount), "got \(classCount) classes")
        self.latency = latency
        transitions = TransitionScore(
            starts: [], labels: [], predictions: [], rate: rate, reach: stride)
        var decided: [(probability: Double, isRight: Bool)] = []
        for recording in recordings {
            count += recording.count
            faultCount += recording.count { $0.output.state == .fault }
            let labeled = recording.filter { $0.label != nil }
            labeledCount += labeled.count
            rightCount += labeled.count { $0.output.label == $0.label }
            // What is put out where no class is neutral is none that can be right.
            transitions.add(
                TransitionScore(
                    starts: labeled.map(\.sample), labels: labeled.map { UInt8($0.label ?? 0) },
                    predictions: labeled.map { UInt8($0.output.label ?? classCount) },
                    rate: rate, reach: stride))
            for segment in Self.segments(of: labeled, stride: stride) {
                onsets.add(segment, neutral: neutral, rate: rate)
                addRest(segment, neutral: neutral, seconds: Double(stride) / rate)
            }
            for decision in labeled where decision.output.state != .fault {
                guard let label = decision.label,
                    let likeliest = decision.probabilities.span.likeliest
                else { continue }
                probabilities.add(decision.probabilities, decided: likeliest, label: label)
                decided.append((decision.probabilities[likeliest], likeliest == label))
            }
        }
        rejection = RejectionCurve(decided)
    }

    /// The share of labeled decisions that put the true class out; `nil` without any.
    package var accuracy: Double? {
        labeledCount == 0 ? nil : Double(rightCount) / Double(labeledCount)
    }

    /// How often a movement was put out anew in an hour of rest; `nil` without rest.
    package var falseActivationsPerHour: Double? {
        restSeconds == 0 ? nil : Double(falseActivationCount) / (restSeconds / 3_600)
    }

    /// Decisions that follow each other.
    private static func segments(
        of decisions: [OnlineDecision], stride: Int
    ) -> [ArraySlice<OnlineDecision>] {
        var segments: [ArraySlice<OnlineDecision>] = []
        var first = 0
        for index in decisions.indices
        where index + 1 == decisions.count
            || decisions[index + 1].sample - decisions[index].sample > stride
        {
            segments.append(decisions[first...index])
            first = index + 1
        }
        return segments
    }

    /// Counts changes of the output from neutral to a movement at rest. A movement that is still
    /// put out when rest begins is late, and none of them.
    private mutating func addRest(
        _ segment: ArraySlice<OnlineDecision>, neutral: Int?, seconds: Double
    ) {
        guard let neutral else { return }
        var isActive = false
        for (place, decision) in segment.enumerated() {
            let wasActive = isActive
            isActive = decision.output.label.map { $0 != neutral } ?? false
            guard decision.label == neutral else { continue }
            restSeconds += seconds
            if isActive, !wasActive, place > 0 { falseActivationCount += 1 }
        }
    }
}
