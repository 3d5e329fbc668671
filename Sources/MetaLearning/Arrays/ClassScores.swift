// Scores of classes for a window: the more a class has, the likelier it is.
extension [Double] {
    /// The place of the highest score; of equal ones the first.
    package var likeliest: Int {
        indices.reduce(0) { self[$1] > self[$0] ? $1 : $0 }
    }

    /// −log of the probability of a class.
    ///
    /// - Parameters:
    ///   - label: The class.
    ///   - sharpness: What scores are multiplied by before they become probabilities.
    /// - Returns: At least 0.
    package func loss(of label: Int, sharpness: Double) -> Double {
        let scores = map { sharpness * $0 }
        return scores.logSumExp - scores[label]
    }
}
