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
        let choice = try Choice(
            among: DecoderCandidate.all, on: people, learn: WindowRepresentations.init
        ) { candidate, representations, person in
            Self.decoder(candidate, representations, person, turns: people.turns)
        }
        return Learned(
            choice: choice, representations: WindowRepresentations(of: people),
            turns: people.turns)
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

    private struct Learned: LearnedMethod {
        let choice: Choice<DecoderCandidate>
        let representations: WindowRepresentations
        let turns: Range<Int>

        var choices: [MethodChoice] { choice.candidates.choices }

        func adapted(to person: NewPerson) -> (any PersonDecoder)? {
            var decoder = EarlierDecoderMethod.decoder(
                choice.candidates[person.setting], representations, person, turns: turns)
            decoder?.sharpness = choice.sharpness[person.setting]
            return decoder
        }
    }
}

/// What can be chosen of a discriminant.
struct DecoderCandidate: Sendable {
    let features: WindowRepresentation.Kind
    let shrinkage: Double

    static let all = WindowRepresentation.Kind.allCases.flatMap { kind in
        [0.02, 0.2, 0.6].map { DecoderCandidate(features: kind, shrinkage: $0) }
    }
}

extension [DecoderCandidate] {
    /// What was chosen for each setting.
    var choices: [MethodChoice] {
        [
            MethodChoice("features", map(\.features.rawValue)),
            MethodChoice("shrinkage", map { "\($0.shrinkage)" }),
        ]
    }
}
