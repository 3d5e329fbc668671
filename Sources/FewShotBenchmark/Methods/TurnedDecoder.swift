private import MetaLearning

/// A decoder that was made elsewhere, turned as far round the ring as what was shown fits it best.
struct TurnedDecoder: Sendable {
    let discriminant: Discriminant
    let features: WindowRepresentation

    /// Turns the decoder to a person.
    ///
    /// - Parameters:
    ///   - person: The person; without windows of them nothing is turned.
    ///   - turns: By how many channels the band may lie turned.
    /// - Returns: The decoder.
    func adapted(to person: NewPerson, turns: Range<Int>) -> ScoreDecoder {
        let turn = FeatureTurns.likeliest(among: turns, of: person.support.labels) { turn in
            let scores = discriminant.scores(features(person.support.turned(by: turn)))
            return ScoreDecoder { _ in scores }.probabilities(of: person.support)
        }
        return ScoreDecoder(turn: turn) { discriminant.scores(features($0)) }
    }
}
