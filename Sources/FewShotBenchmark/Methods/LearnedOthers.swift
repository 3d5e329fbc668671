/// Other people's discriminants, one of each candidate, and which of them is taken.
struct LearnedOthers: LearnedMethod {
    private let choice: Choice<Int>
    private let decoders: [TurnedDecoder]
    private let turns: Range<Int>

    /// Learns, and chooses features and shrinkage for each setting.
    ///
    /// - Parameters:
    ///   - people: Who is learned from.
    ///   - turns: By how many channels the band of a new person may lie turned.
    /// - Throws: What adaptation throws.
    init(_ people: TrainingPeople, turns: Range<Int>) throws {
        choice = try Choice(
            among: Array(DecoderCandidate.all.indices), on: people, learn: Self.decoders
        ) { place, decoders, person in
            decoders[place].adapted(to: person, turns: turns)
        }
        decoders = Self.decoders(people)
        self.turns = turns
    }

    private static func decoders(_ people: TrainingPeople) -> [TurnedDecoder] {
        let representations = WindowRepresentations(of: people)
        let all = people.people.flatMap(\.occasions)
        return DecoderCandidate.all.map { candidate in
            let features = representations[candidate.features]
            return TurnedDecoder(
                discriminant: Discriminant(
                    all.flatMap { features($0) }, labels: all.flatMap(\.labels),
                    classCount: people.classCount, shrinkage: candidate.shrinkage),
                features: features)
        }
    }

    var choices: [MethodChoice] { choice.candidates.map { DecoderCandidate.all[$0] }.choices }

    func adapted(to person: NewPerson) -> (any PersonDecoder)? {
        // Other people's classes are no use for new ones.
        guard !person.hasNewClasses else { return nil }
        var decoder = decoders[choice.candidates[person.setting]].adapted(
            to: person, turns: turns)
        decoder.sharpness = choice.sharpness[person.setting]
        return decoder
    }
}
