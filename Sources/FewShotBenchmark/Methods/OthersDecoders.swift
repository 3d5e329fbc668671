/// Other people's discriminants, one of each candidate.
struct OthersDecoders: Sendable {
    private let decoders: [TurnedDecoder]

    /// Learns all of them.
    init(of people: TrainingPeople) {
        let representations = WindowRepresentations(of: people)
        let all = people.people.flatMap(\.occasions)
        decoders = DecoderCandidate.all.map { candidate in
            let features = representations[candidate.features]
            return TurnedDecoder(
                discriminant: Discriminant(
                    all.flatMap { features($0) }, labels: all.flatMap(\.labels),
                    classCount: people.classCount, shrinkage: candidate.shrinkage),
                features: features)
        }
    }

    /// The method that takes the candidate which fits training people best.
    ///
    /// - Parameters:
    ///   - people: Who is learned from.
    ///   - turns: By how many channels the band of a new person may lie turned.
    /// - Returns: The method; other people's classes are no use for new ones.
    /// - Throws: What adaptation throws.
    static func method(
        _ people: TrainingPeople, turns: Range<Int>
    ) throws -> any LearnedMethod {
        try ChosenMethod(
            among: Array(DecoderCandidate.all.indices), on: people, decidesNewClasses: false,
            learn: OthersDecoders.init,
            describe: { $0.map { DecoderCandidate.all[$0] }.choices }
        ) { place, others, person in
            others.decoders[place].adapted(to: person, turns: turns)
        }
    }
}
