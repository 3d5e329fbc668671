package import Documents

/// Other people's decoder, turned as far round the band as fits what was shown.
package struct OthersDecoderMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "others"
    /// What it is.
    package static let documentation =
        "One discriminant of all training people, with the turn of the band that fits what was shown."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// A discriminant of each candidate.
    private struct Learned: Sendable {
        let decoders: [TurnedDecoder]

        init(of people: TrainingPeople) {
            let representations = WindowRepresentations(of: people)
            decoders = DecoderCandidate.all.map { candidate in
                let features = representations[candidate.features]
                let all = people.people.flatMap(\.occasions)
                return TurnedDecoder(
                    discriminant: Discriminant(
                        all.flatMap { features($0) }, labels: all.flatMap(\.labels),
                        classCount: people.classCount, shrinkage: candidate.shrinkage),
                    features: features)
            }
        }
    }

    /// Chooses features and shrinkage for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let choice = try Choice(
            among: Array(DecoderCandidate.all.indices), on: people, learn: Learned.init
        ) { place, learned, person in
            learned.decoders[place].adapted(to: person, turns: people.turns)
        }
        return Ready(choice: choice, learned: Learned(of: people), turns: people.turns)
    }

    private struct Ready: LearnedMethod {
        let choice: Choice<Int>
        let learned: Learned
        let turns: Range<Int>

        var choices: [MethodChoice] { choice.candidates.map { DecoderCandidate.all[$0] }.choices }

        func adapted(to person: NewPerson) -> (any PersonDecoder)? {
            // Other people's classes are no use for new ones.
            guard !person.hasNewClasses else { return nil }
            var decoder = learned.decoders[choice.candidates[person.setting]].adapted(
                to: person, turns: turns)
            decoder.sharpness = choice.sharpness[person.setting]
            return decoder
        }
    }
}
