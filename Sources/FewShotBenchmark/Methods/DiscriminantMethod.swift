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

    /// Chooses features and shrinkage for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let candidates = WindowRepresentation.Kind.allCases.flatMap { kind in
            [0.02, 0.1, 0.3, 0.6, 1].map { DecoderCandidate(features: kind, shrinkage: $0) }
        }
        return try ChosenMethod(
            among: candidates, on: people, learn: WindowRepresentations.init,
            describe: \.choices, decoder: Self.decoder)
    }

    private static func decoder(
        _ candidate: DecoderCandidate, _ representations: WindowRepresentations, _ person: NewPerson
    ) -> ScoreDecoder? {
        let features = representations[candidate.features]
        let discriminant = Discriminant(
            features(person.support), labels: person.support.labels,
            classCount: person.classCount, shrinkage: candidate.shrinkage)
        return ScoreDecoder { discriminant.scores(features($0)) }
    }
}
