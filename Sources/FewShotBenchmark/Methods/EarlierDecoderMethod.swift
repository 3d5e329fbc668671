package import Documents

/// The person's own decoder from before, turned as far round the band as fits what was shown.
package struct EarlierDecoderMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "own_earlier"
    /// What it is.
    package static let documentation =
        "The person's own discriminant from earlier recordings, with the turn of the band that fits "
        + "what was shown."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// It does.
    package var usesEarlier: Bool { true }

    /// Chooses features and shrinkage for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let turns = people.turns
        return try ChosenMethod(
            among: DecoderCandidate.all, on: people, learn: WindowRepresentations.init,
            describe: \.choices
        ) { candidate, representations, person in
            Self.decoder(candidate, representations, person, turns: turns)
        }
    }

    private static func decoder(
        _ candidate: DecoderCandidate, _ representations: WindowRepresentations,
        _ person: NewPerson, turns: Range<Int>
    ) -> ScoreDecoder? {
        guard person.earlier.count > 0 else { return nil }
        let features = representations[candidate.features]
        return TurnedDecoder(
            discriminant: Discriminant(
                features(person.earlier), labels: person.earlier.labels,
                classCount: person.classCount, shrinkage: candidate.shrinkage),
            features: features
        ).adapted(to: person, turns: turns)
    }
}
