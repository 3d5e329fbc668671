private import Foundation

extension FeatureTurns {
    /// What a probability counts at least: one window that a decoder is wrong about for sure does
    /// not decide alone.
    private static var leastProbability: Double { 1e-6 }

    /// The turn in which a decoder decides labels best: that in which the shown classes are
    /// likeliest, which tells more than how many are right.
    ///
    /// - Parameters:
    ///   - turns: The turns that may be.
    ///   - labels: The class of each window that was shown; without any nothing is turned.
    ///   - probabilities: What the decoder says of the windows in a turn, `[windows][classes]`.
    /// - Returns: The turn; of equally likely ones the first.
    package static func likeliest(
        among turns: Range<Int>, of labels: [Int], probabilities: (_ turn: Int) -> [[Double]]
    ) -> Int {
        var best = (score: -Double.infinity, turn: turns.lowerBound)
        for turn in turns {
            let score = zip(probabilities(turn), labels).reduce(0) { sum, row in
                sum + log(max(leastProbability, row.0[row.1]))
            }
            if score > best.score { best = (score, turn) }
        }
        return best.turn
    }
}
