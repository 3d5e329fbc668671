private import Foundation

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
        var best = (score: -Double.infinity, turn: 0)
        for turn in turns {
            let scores = discriminant.scores(features(person.support.turned(by: turn)))
            let fixed = ScoreDecoder { _ in scores }
            let probabilities = fixed.probabilities(of: person.support)
            // How likely the shown classes are tells more than how many are right.
            let score = zip(probabilities, person.support.labels).reduce(0) { sum, row in
                sum + log(max(1e-6, row.0[row.1]))
            }
            if score > best.score { best = (score, turn) }
        }
        return ScoreDecoder(turn: best.turn) { discriminant.scores(features($0)) }
    }
}
