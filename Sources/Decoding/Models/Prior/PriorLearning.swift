package import MetaLearning

/// Somebody whose recordings a prior is learned from.
package struct PriorPerson: Sendable {
    /// What was recorded at once.
    package struct Session: Sendable {
        /// What a decoder would be adapted to.
        package let support: [ChannelRepetition]
        /// What it would decide about.
        package let query: [ChannelRepetition]

        /// Creates a session.
        ///
        /// - Parameters:
        ///   - support: What a decoder would be adapted to.
        ///   - query: What it would decide about.
        package init(support: [ChannelRepetition], query: [ChannelRepetition]) {
            (self.support, self.query) = (support, query)
        }
    }

    /// The sessions, at least one.
    package let sessions: [Session]

    /// Creates a person.
    ///
    /// - Parameter sessions: The sessions, at least one.
    package init(sessions: [Session]) { self.sessions = sessions }
}

/// A prior that was learned on people, with what they say of it who play the new one: how sure it may
/// be, and, where nobody knows it, whether their electrodes are a ring.
package struct PriorLearning: Sendable {
    /// The prior, of nobody yet.
    package private(set) var model: PriorModel
    /// The accuracy of each training person who was decided about by a prior of others, after it was
    /// adapted to their supports; nobody's when there are too few people. Of many people only some
    /// play, and in groups: ``RehearsalGroups``.
    package let rehearsed: [Double]
    /// How unlikely those decisions make the true classes; `nil` when there are too few people.
    private let loss: Double?

    /// A ring of fewer electrodes is taken for none unless somebody says that it is one.
    private static let leastRing = 3

    /// Learns.
    ///
    /// - Parameters:
    ///   - people: Training people.
    ///   - form: The windows.
    ///   - isRing: Whether channels are a ring; `nil` for what makes decisions about training people
    ///     the better, each by a prior of the others.
    ///   - place: What they are of, for messages.
    /// - Returns: What was learned.
    /// - Throws: ``MetaLearningError`` for fewer than two people with all classes, and for windows of
    ///   so many numbers that no prior is learned.
    package static func learn(
        from people: [PriorPerson], form: WindowForm, isRing: Bool?, at place: String
    ) throws(MetaLearningError) -> PriorLearning {
        let plain = try PriorLearning(people, form: form, isRing: isRing ?? false, at: place)
        guard isRing == nil, form.channelCount >= leastRing, let loss = plain.loss,
            // A ring that is too large is none.
            let ring = try? PriorLearning(people, form: form, isRing: true, at: place),
            let turned = ring.loss
        else { return plain }
        return turned < loss ? ring : plain
    }

    private init(
        _ people: [PriorPerson], form: WindowForm, isRing: Bool, at place: String
    ) throws(MetaLearningError) {
        let channels = form.channelCount
        let amplitude = LogAmplitude.fit(
            people.map { $0.repetitions.flatMap(\.windows).map(\.amplitude) }, channels: channels)
        let features = BandFeatures(
            BandFeatures.Settings(scale: amplitude.scale, isRing: isRing), channels: channels)
        try PriorModel.check(form, features, at: place)
        func learned(
            _ sessions: [[[Repetition]]]
        ) throws(MetaLearningError) -> PriorModel {
            PriorModel(
                features: features,
                prior: try HierarchicalPrior.fit(
                    sessions, classCount: form.classCount, turns: features.turns,
                    aligned: channels))
        }
        let sessions = people.map { person in
            person.sessions.map { ($0.support + $0.query).map(features.repetition) }
        }
        model = try learned(sessions)
        let isComplete = sessions.map { person in
            person.contains { ClassSummary.pattern($0, classCount: form.classCount) != nil }
        }
        // Of the others, two are needed.
        guard isComplete.count(where: \.self) > 2 else {
            (rehearsed, loss) = ([], nil)
            return
        }
        var decisionsOf: [Int: KnownDecisions] = [:]
        let groups = RehearsalGroups.groups(of: isComplete)
        let players = groups.flatMap(\.self).sorted()
        for group in groups {
            let members = Set(group)
            let prior = try learned(
                players.filter { !members.contains($0) }.map { sessions[$0] })
            for place in group {
                decisionsOf[place] = prior.decisions(about: people[place].sessions)
            }
        }
        let decisions = people.indices.compactMap { decisionsOf[$0] }
        let best = decisions.bestTemperature
        model.temperature = best.temperature
        rehearsed = decisions.map(\.accuracy)
        loss = best.loss
    }
}

extension PriorPerson {
    /// All that was recorded.
    fileprivate var repetitions: [ChannelRepetition] {
        sessions.flatMap { $0.support + $0.query }
    }
}

extension PriorModel {
    /// Decides about the queries of a person, of each session after adaptation to its support.
    ///
    /// - Parameter sessions: The sessions.
    /// - Returns: The decisions.
    package func decisions(about sessions: [PriorPerson.Session]) -> KnownDecisions {
        var (probabilities, labels): ([[Double]], [Int]) = ([], [])
        for session in sessions {
            let classifier = adapted(to: session.support.map(features.repetition)).classifier
            for repetition in session.query.map(features.repetition) {
                probabilities += classifier.probabilities(of: repetition.rows)
                labels += [Int](repeating: repetition.label, count: repetition.count)
            }
        }
        return KnownDecisions(probabilities, labels: labels)
    }
}
