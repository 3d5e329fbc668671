package import Documents

/// A linear discriminant on what was shown, as clinics use it; features and shrinkage are chosen on
/// training people.
package struct DiscriminantMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "lda"
    /// What it is.
    package static let documentation =
        "A linear discriminant on what was shown, on features scaled by training people."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// What can be chosen.
    private struct Candidate: Sendable {
        let features: WindowRepresentation.Kind
        let shrinkage: Double
    }

    /// Chooses features and shrinkage for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let candidates = WindowRepresentation.Kind.allCases.flatMap { kind in
            [0.02, 0.1, 0.3, 0.6, 1].map { Candidate(features: kind, shrinkage: $0) }
        }
        let choice = try Choice(
            among: candidates, on: people, learn: WindowRepresentations.init,
            decoder: Self.decoder)
        return Learned(choice: choice, representations: WindowRepresentations(of: people))
    }

    private static func decoder(
        _ candidate: Candidate, _ representations: WindowRepresentations, _ person: NewPerson
    ) -> ScoreDecoder? {
        let features = representations[candidate.features]
        let discriminant = Discriminant(
            features(person.support), labels: person.support.labels,
            classCount: person.classCount, shrinkage: candidate.shrinkage)
        return ScoreDecoder { discriminant.scores(features($0)) }
    }

    private struct Learned: LearnedMethod {
        let choice: Choice<Candidate>
        let representations: WindowRepresentations

        var choices: [MethodChoice] {
            [
                MethodChoice("features", choice.candidates.map(\.features.rawValue)),
                MethodChoice("shrinkage", choice.candidates.map { "\($0.shrinkage)" }),
            ]
        }

        func adapted(to person: NewPerson) -> (any PersonDecoder)? {
            var decoder = DiscriminantMethod.decoder(
                choice.candidates[person.setting], representations, person)
            decoder?.sharpness = choice.sharpness[person.setting]
            return decoder
        }
    }
}

/// All kinds of features on the scale of the same people.
struct WindowRepresentations: Sendable {
    private let all: [WindowRepresentation.Kind: WindowRepresentation]

    init(of people: TrainingPeople) {
        all = Dictionary(
            uniqueKeysWithValues: WindowRepresentation.Kind.allCases.map {
                ($0, WindowRepresentation($0, of: people))
            })
    }

    subscript(kind: WindowRepresentation.Kind) -> WindowRepresentation {
        guard let features = all[kind] else { preconditionFailure("every kind is there") }
        return features
    }
}
