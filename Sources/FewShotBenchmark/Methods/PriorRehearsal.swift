import MetaLearning

/// What training people who played the new one say of a prior, by setting of supports: how sure it may
/// be, whether it is better for going on learning, and what accuracy is to be expected.
struct PriorRehearsal: Sendable {
    /// What logarithms of probabilities are divided by.
    private(set) var temperatures: [Double]
    /// Whether going on learning helped.
    private(set) var learnsOn: [Bool]
    /// What is to be expected; `nil` when nobody played the new one.
    private(set) var forecasts: [AccuracyForecast?]

    /// Somebody who played the new one, after adaptation.
    private struct Part: Sendable {
        let name: String
        let shown: [Int]
        let support: [Repetition]
        var classifier: PersonClassifier
        /// The features of windows that are decided about.
        let rows: [Double]
        let decisions: KnownDecisions
    }

    /// Every so many-th window says enough where none is learned from.
    private static let step = 6
    /// Of so many windows that may be learned from, a rehearsal learns from one that stands for all.
    private static let thinning = 2

    /// Nobody plays the new one.
    init(settingCount: Int) {
        temperatures = [Double](repeating: 1, count: settingCount)
        learnsOn = [Bool](repeating: false, count: settingCount)
        forecasts = [AccuracyForecast?](repeating: nil, count: settingCount)
    }

    /// Lets each training person play the new one before a prior of the others.
    ///
    /// - Parameters:
    ///   - people: Training people.
    ///   - features: How windows are seen.
    ///   - updates: How the prior goes on learning, where it may; `nil` for not at all.
    ///   - adapting: Gives for the number of a person how a prior of the others adapts.
    /// - Throws: What `adapting` throws.
    init(
        of people: TrainingPeople, features: BandFeatures, updates: UnlabeledLearning?,
        adapting: (Int) throws -> (NewPerson) -> PersonClassifier
    ) throws {
        self.init(settingCount: people.settingCount)
        guard people.people.count > 2 else { return }
        var parts = [[Part]](repeating: [], count: people.settingCount)
        for (place, person) in people.people.enumerated() {
            let adapted = try adapting(place)
            for problem in person.rehearsals.flatMap(\.self) {
                let classifier = adapted(problem.person)
                // Where windows are learned from, those that may be are decided about.
                let query = problem.query.every(
                    updates.map { $0.interval * Self.thinning } ?? Self.step)
                let rows = features.rows(query)
                parts[problem.person.setting].append(
                    Part(
                        name: person.name, shown: problem.person.shown,
                        support: features.repetitions(problem.person.support),
                        classifier: classifier, rows: rows,
                        decisions: KnownDecisions(
                            classifier.probabilities(of: rows), labels: query.labels)))
            }
        }
        for setting in parts.indices where !parts[setting].isEmpty {
            conclude(parts[setting], setting, updates)
        }
    }

    private mutating func conclude(
        _ parts: [Part], _ setting: Int, _ updates: UnlabeledLearning?
    ) {
        let temperature = parts.map(\.decisions).bestTemperature.temperature
        temperatures[setting] = temperature
        let parts = parts.map { part in
            var part = part
            part.classifier.temperature = temperature
            return part
        }
        let plain = parts.map(\.decisions.accuracy)
        var accuracies = plain
        if var updates {
            updates.interval = 1
            updates.share = min(1, updates.share * Double(Self.thinning))
            let learning = parts.map { part in
                part.decisions.accuracy(
                    of: part.classifier.probabilities(of: part.rows, learningBy: updates))
            }
            learnsOn[setting] = learning.reduce(0, +) > plain.reduce(0, +)
            if learnsOn[setting] { accuracies = learning }
        }
        forecasts[setting] = AccuracyForecast(
            zip(parts, accuracies).map { part, accuracy in
                AccuracyForecast.Outcome(
                    person: part.name, shown: part.shown,
                    signs: SupportSigns(of: part.support, part.classifier).values,
                    accuracy: accuracy)
            })
    }
}
