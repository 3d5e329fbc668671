internal import Documents

/// Makes a control signal of probabilities, decision by decision.
///
/// For each decision, in this order:
///
/// 1. **Rejection.** The likeliest class is decided, the first of those as likely. When its
///    probability is below `reject_below`, the decision is rejected: it counts as one for neutral
///    with probability 1, or, with `hold`, the class before is put out again and the decision casts
///    no vote and ends the run of step 3.
/// 2. **Vote.** The most frequent class among the last N decisions that cast a vote, as many as there
///    are after a beginning; of classes as frequent, the one decided last.
/// 3. **Hysteresis.** When the voted class B is not the class A that is put out, it takes A's place
///    if B was voted in each of the last `enter` decisions, each with B's enter probability at
///    least, and A's probability is not above A's leave probability. Else A is held. The run of B
///    is counted while A may not be left, too.
/// 4. **Refractory time.** A change sooner than `refractory_seconds` after the one before does not
///    happen yet: A is held, and the run of B goes on.
/// 5. **Velocity.** 0 for neutral; 1 for other classes, or proportional to the amplitude in the range
///    of the class that is put out.
///
/// In the beginning, and after a fault or a reset, neutral is put out without a change behind it.
/// Where no class is neutral, neutral is no class: it has no probability, is entered at once and
/// left at any time.
package struct ControlLayer: Sendable {
    /// Whether the output depends on the amplitudes.
    package let needsAmplitude: Bool

    let classCount: Int
    /// The neutral class; the number behind the last class where no class is neutral.
    let neutral: Int
    let rejectBelow: Double
    let holdsRejected: Bool
    let enterProbability: [Double]
    let leaveProbability: [Double]
    let enterCount: [Int]
    let refractoryCount: Int
    let proportional: ProportionalOutput
    let ranges: [AmplitudeRange?]

    /// The classes of the last decisions, a ring.
    private(set) var votes: [Int]
    private var voteCount = 0
    private var nextVote = 0
    private var votesOfClass: [Int]
    private var current: Int
    private var runClass: Int
    private var runCount = 0
    /// Decisions since the last change, that of the change being 0; as many as can be when there
    /// was none.
    private var sinceChange = Int.max

    /// Creates a layer at its beginning, with all memory that it will ever use.
    ///
    /// - Parameters:
    ///   - settings: What is made of probabilities.
    ///   - classes: The names of the classes, at least one.
    ///   - decisionRate: Decisions a second, above 0.
    /// - Throws: ``DecodingError`` for a class that there is none of.
    package init(
        _ settings: ControlSettings, classes: [String], decisionRate: Double
    ) throws(DecodingError) {
        precondition(decisionRate > 0, "got \(decisionRate) decisions a second")
        let named = settings.classes.keys.sorted().map { ("control.classes", $0) }
        let ranged = (settings.proportional?.ranges.keys.sorted() ?? []).map {
            ("control.proportional.ranges", $0)
        }
        let neutral = settings.neutral.map { [("control.neutral", $0)] } ?? []
        for (place, name) in neutral + named + ranged where !classes.contains(name) {
            throw DecodingError(
                .outOfRange(expected: "the name of a class", found: name), at: place,
                hint: Spelling.suggestion(for: name, among: classes))
        }
        classCount = classes.count
        self.neutral =
            settings.neutral.flatMap(classes.firstIndex(of:)) ?? NeutralClass.usual(among: classes)
            ?? classes.count
        rejectBelow = settings.rejectBelow
        holdsRejected = settings.whenRejected == .hold
        let own = classes.map { settings.classes[$0] ?? settings.hysteresis } + [Hysteresis()]
        enterProbability = own.map(\.enterProbability)
        leaveProbability = own.map(\.leaveProbability)
        enterCount = own.map { $0.enterDuration.decisions(at: decisionRate) }
        // A product such as 0.3 · 10 is not always the whole number that it stands for.
        refractoryCount = Int(
            (settings.refractorySeconds * decisionRate - 1e-9).rounded(.up))
        needsAmplitude = settings.proportional != nil
        proportional = settings.proportional ?? ProportionalOutput()
        ranges = classes.map { settings.proportional?.ranges[$0] }
        votes = Array(repeating: 0, count: settings.vote.decisions(at: decisionRate))
        votesOfClass = Array(repeating: 0, count: classes.count + 1)
        current = self.neutral
        runClass = self.neutral
    }

    /// Goes back to the beginning.
    package mutating func reset() {
        voteCount = 0
        nextVote = 0
        for label in votesOfClass.indices { votesOfClass[label] = 0 }
        current = neutral
        runClass = neutral
        runCount = 0
        sinceChange = .max
    }

    /// What is put out when there was no whole window of good samples: neutral at once, whatever
    /// was put out before. What follows begins anew.
    ///
    /// - Returns: Neutral.
    package mutating func fault() -> ControlOutput {
        reset()
        return output(.fault, amplitude: 0)
    }

    /// What is put out for a decision.
    ///
    /// - Parameters:
    ///   - probabilities: A number for each class; one that is not finite is a fault.
    ///   - amplitude: The mean absolute value of the window's conditioned samples over time and
    ///     channels, in the channels' unit; any number when ``needsAmplitude`` is `false`.
    /// - Returns: The class, how fast, and how they came about.
    package mutating func decide(
        _ probabilities: Span<Double>, amplitude: Double
    ) -> ControlOutput {
        precondition(probabilities.count == classCount, "each class has a probability")
        guard let likeliest = probabilities.likeliest else { return fault() }
        if sinceChange < .max { sinceChange += 1 }
        let isRejected = probabilities[likeliest] < rejectBelow
        guard !(isRejected && holdsRejected) else {
            runCount = 0
            return output(.rejected, amplitude: amplitude)
        }
        castVote(isRejected ? neutral : likeliest)
        let voted = mostVoted
        guard voted != current else {
            runCount = 0
            return output(isRejected ? .rejected : .decided, amplitude: amplitude)
        }
        if voted != runClass { runCount = 0 }
        runClass = voted
        let isSure =
            isRejected && voted == neutral
            || probability(voted, probabilities) >= enterProbability[voted]
        runCount = isSure ? runCount + 1 : 0
        let isLeft = probability(current, probabilities) <= leaveProbability[current]
        let changes =
            isLeft && runCount >= enterCount[voted] && sinceChange >= refractoryCount
        if changes {
            current = voted
            runCount = 0
            sinceChange = 0
        }
        return output(
            isRejected ? .rejected : changes ? .decided : .held, amplitude: amplitude)
    }

    private func probability(_ label: Int, _ probabilities: Span<Double>) -> Double {
        label < classCount ? probabilities[label] : 0
    }

    private mutating func castVote(_ label: Int) {
        if voteCount == votes.count {
            votesOfClass[votes[nextVote]] -= 1
        } else {
            voteCount += 1
        }
        votes[nextVote] = label
        votesOfClass[label] += 1
        nextVote = nextVote + 1 == votes.count ? 0 : nextVote + 1
    }

    private var mostVoted: Int {
        var place = nextVote
        var best = classCount
        var count = 0
        // From the newest vote backwards, so that it wins among those as frequent.
        for _ in 0..<voteCount {
            place = place == 0 ? votes.count - 1 : place - 1
            let label = votes[place]
            if votesOfClass[label] > count {
                best = label
                count = votesOfClass[label]
            }
        }
        return best
    }

    private func output(_ state: ControlOutput.State, amplitude: Double) -> ControlOutput {
        let label = current < classCount ? current : nil
        var velocity = current == neutral ? 0.0 : 1.0
        if current != neutral, let range = ranges[current] {
            velocity = proportional.velocity(of: amplitude, in: range)
        }
        return ControlOutput(label: label, velocity: velocity, state: state)
    }
}

extension Span<Double> {
    /// The class of the highest probability, the first of those as high; `nil` when one is not
    /// finite.
    var likeliest: Int? {
        var best: Int?
        for label in indices {
            guard self[label].isFinite else { return nil }
            if best.map({ self[label] > self[$0] }) ?? true { best = label }
        }
        return best
    }
}
