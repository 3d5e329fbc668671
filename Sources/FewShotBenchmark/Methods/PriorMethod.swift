package import Documents
import MetaLearning

/// A prior over people, their sessions and repetitions, learned on training people and adapted in
/// closed form; how sure it is, and what accuracy it expects, it learns by letting each training
/// person play the new one.
package struct PriorMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "prior"
    /// What it is.
    package static let documentation =
        "A Gaussian prior over people's class means, their repetitions and windows, with all turns of the "
        + "band mixed, learned on training people and adapted in closed form."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// Learns the prior.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try LearnedPriorMethod(people, usesEarlier: false)
    }
}

/// The same prior, which also knows the new person's recordings from before.
package struct EarlierPriorMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "prior_earlier"
    /// What it is.
    package static let documentation =
        "The prior, which also knows the new person's earlier recordings."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// It does.
    package var usesEarlier: Bool { true }

    /// Learns the prior.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try LearnedPriorMethod(people, usesEarlier: true)
    }
}

/// A prior that was learned, with what it is to expect.
struct LearnedPriorMethod: LearnedMethod {
    private let prior: HierarchicalPrior?
    private let newClasses: NewClassPrior
    private let features: BandFeatures
    private let usesEarlier: Bool
    private let expectations: PriorExpectations

    /// Learns, and lets each training person play the new one.
    init(_ people: TrainingPeople, usesEarlier: Bool) throws {
        let features = BandFeatures(of: people)
        self.features = features
        self.usesEarlier = usesEarlier
        let sessions = people.people.map { $0.occasions.map(features.repetitions) }
        newClasses = NewClassPrior.fit(
            sessions.compactMap(\.first), classCount: people.classCount, turns: features.turns)
        guard !people.isForNewClasses else {
            prior = nil
            expectations = PriorExpectations(settingCount: people.settingCount)
            return
        }
        func learned(_ sessions: [[[Repetition]]]) throws -> HierarchicalPrior {
            try HierarchicalPrior.fit(
                sessions, classCount: people.classCount, turns: features.turns,
                aligned: people.channels)
        }
        prior = try learned(sessions)
        var expectations = PriorExpectations(settingCount: people.settingCount)
        for (place, person) in people.people.enumerated() where people.people.count > 2 {
            var others = sessions
            others.remove(at: place)
            let prior = try learned(others)
            let known = Self.knowledge(
                of: prior, person.rehearsals.first?.first?.person, features, usesEarlier)
            for problem in person.rehearsals.flatMap(\.self) {
                let classifier = prior.adapted(
                    to: features.repetitions(problem.person.support), knowing: known)
                let query = problem.query.every(PriorExpectations.step)
                expectations.add(
                    problem.person, expected: classifier.expectedAccuracy(),
                    probabilities: classifier.probabilities(of: features.rows(query)),
                    labels: query.labels)
            }
        }
        expectations.finish()
        self.expectations = expectations
    }

    private static func knowledge(
        of prior: HierarchicalPrior, _ person: NewPerson?, _ features: BandFeatures,
        _ usesEarlier: Bool
    ) -> HierarchicalPrior.Knowledge? {
        guard usesEarlier, let earlier = person?.earlier, earlier.count > 0 else { return nil }
        return prior.knowledge(from: features.repetitions(earlier))
    }

    var choices: [MethodChoice] {
        [MethodChoice("temperature", expectations.temperatures.map { String($0.rounded(2)) })]
    }

    func adapted(to person: NewPerson) -> (any PersonDecoder)? {
        let support = features.repetitions(person.support)
        guard !person.hasNewClasses else {
            return PriorDecoder(
                classifier: newClasses.adapted(to: support, classCount: person.classCount),
                features: features, forecast: { _ in nil })
        }
        guard let prior else { return nil }
        var classifier = prior.adapted(
            to: support,
            knowing: Self.knowledge(of: prior, person, features, usesEarlier))
        classifier.temperature = expectations.temperatures[person.setting]
        return PriorDecoder(
            classifier: classifier, features: features,
            forecast: { [expectations] in expectations.forecast(person, $0) })
    }
}

/// The prior after adaptation.
private struct PriorDecoder: PersonDecoder {
    let classifier: PersonClassifier
    let features: BandFeatures
    /// What to expect by what the posterior itself expects.
    let forecast: @Sendable (Double) -> Double?

    var expectedAccuracy: Double? { forecast(classifier.expectedAccuracy()) }

    func probabilities(of windows: PersonWindows) -> [[Double]] {
        classifier.probabilities(of: features.rows(windows))
    }
}

extension Double {
    /// The number with so many digits behind the point.
    fileprivate func rounded(_ digits: Int) -> Double {
        let power = (0..<digits).reduce(1.0) { value, _ in value * 10 }
        return (self * power).rounded() / power
    }
}
