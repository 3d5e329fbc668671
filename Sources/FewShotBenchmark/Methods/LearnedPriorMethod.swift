import MetaLearning

/// A prior that was learned, with what training people who played the new one say of it.
struct LearnedPriorMethod: LearnedMethod {
    private let prior: HierarchicalPrior?
    private let newClasses: NewClassPrior
    private let features: BandFeatures
    private let usesEarlier: Bool
    private let updates: UnlabeledLearning?
    private let rehearsal: PriorRehearsal

    /// Learns, and lets each training person play the new one.
    ///
    /// - Parameters:
    ///   - people: Training people.
    ///   - usesEarlier: Whether a person's earlier recordings are known.
    ///   - updates: How the prior goes on learning, where that helps training people; `nil` for not
    ///     at all.
    /// - Throws: What makes learning impossible.
    init(
        _ people: TrainingPeople, usesEarlier: Bool = false, updates: UnlabeledLearning? = nil
    ) throws {
        let features = BandFeatures(of: people)
        self.features = features
        self.usesEarlier = usesEarlier
        self.updates = updates
        let sessions = people.people.map { $0.occasions.map(features.repetitions) }
        newClasses = NewClassPrior.fit(
            sessions.compactMap(\.first), classCount: people.classCount, turns: features.turns)
        guard !people.isForNewClasses else {
            prior = nil
            rehearsal = PriorRehearsal(settingCount: people.settingCount)
            return
        }
        func learned(_ sessions: [[[Repetition]]]) throws -> HierarchicalPrior {
            try HierarchicalPrior.fit(
                sessions, classCount: people.classCount, turns: features.turns,
                aligned: people.channels)
        }
        prior = try learned(sessions)
        rehearsal = try PriorRehearsal(of: people, features: features, updates: updates) { place in
            var others = sessions
            others.remove(at: place)
            let prior = try learned(others)
            let known = Self.knowledge(
                of: prior, people.people[place].rehearsals.first?.first?.person, features,
                usesEarlier)
            return {
                prior.adapted(to: features.repetitions($0.support), knowing: known)
            }
        }
    }

    private static func knowledge(
        of prior: HierarchicalPrior, _ person: NewPerson?, _ features: BandFeatures,
        _ usesEarlier: Bool
    ) -> HierarchicalPrior.Knowledge? {
        guard usesEarlier, let earlier = person?.earlier, earlier.count > 0 else { return nil }
        return prior.knowledge(from: features.repetitions(earlier))
    }

    var choices: [MethodChoice] {
        let temperatures = MethodChoice(
            "temperature", rehearsal.temperatures.map { String($0.rounded(2)) })
        guard updates != nil else { return [temperatures] }
        return [
            temperatures,
            MethodChoice("goes on learning", rehearsal.learnsOn.map { $0 ? "yes" : "no" }),
        ]
    }

    func adapted(to person: NewPerson) -> (any PersonDecoder)? {
        let support = features.repetitions(person.support)
        guard !person.hasNewClasses else {
            // Whether learning on helps with classes that nobody has shown cannot be rehearsed.
            guard updates == nil else { return nil }
            return PriorDecoder(
                classifier: newClasses.adapted(to: support, classCount: person.classCount),
                features: features, updates: nil, forecast: { _ in nil })
        }
        guard let prior else { return nil }
        var classifier = prior.adapted(
            to: support,
            knowing: Self.knowledge(of: prior, person, features, usesEarlier))
        classifier.temperature = rehearsal.temperatures[person.setting]
        return PriorDecoder(
            classifier: classifier, features: features,
            updates: rehearsal.learnsOn[person.setting] ? updates : nil,
            forecast: { [forecast = rehearsal.forecasts[person.setting]] classifier in
                forecast?.accuracy(
                    shown: person.shown, signs: SupportSigns(of: support, classifier).values)
            })
    }
}

/// The prior after adaptation.
private struct PriorDecoder: PersonDecoder {
    let classifier: PersonClassifier
    let features: BandFeatures
    /// How it goes on learning; `nil` for not at all.
    let updates: UnlabeledLearning?
    /// What to expect of the classifier.
    let forecast: @Sendable (PersonClassifier) -> Double?

    var expectedAccuracy: Double? { forecast(classifier) }

    func probabilities(of windows: PersonWindows) -> [[Double]] {
        let rows = features.rows(windows)
        guard let updates else { return classifier.probabilities(of: rows) }
        return classifier.probabilities(of: rows, learningBy: updates)
    }
}

extension Double {
    /// The number with so many digits behind the point.
    fileprivate func rounded(_ digits: Int) -> Double {
        let power = (0..<digits).reduce(1.0) { value, _ in value * 10 }
        return (self * power).rounded() / power
    }
}
