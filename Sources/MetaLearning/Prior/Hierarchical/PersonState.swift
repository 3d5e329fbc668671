/// What a ``PersonClassifier`` knows of its person, in numbers that can be stored.
package struct PersonState: Sendable, Hashable {
    /// How likely each turn is.
    package let turnProbabilities: [Double]
    /// For each turn the class means, `[classes × features]`.
    package let means: [[Double]]
    /// The covariance of class means that is left unknown, `[classes · features]²`.
    package let unknown: [Double]
    /// How much the person's own scatter of windows counts beside that of others, from 0 to below 1.
    package let ownShare: Double
    /// The covariance of the person's windows, `[features]²`; empty when it does not count.
    package let ownNoise: [Double]

    /// Creates a state of numbers that were stored.
    ///
    /// - Parameters:
    ///   - turnProbabilities: How likely each turn is.
    ///   - means: For each turn the class means.
    ///   - unknown: The covariance of class means that is left unknown.
    ///   - ownShare: How much the person's own scatter of windows counts, from 0 to below 1.
    ///   - ownNoise: The covariance of the person's windows; empty when it does not count.
    package init(
        turnProbabilities: [Double], means: [[Double]], unknown: [Double], ownShare: Double,
        ownNoise: [Double]
    ) {
        self.turnProbabilities = turnProbabilities
        self.means = means
        self.unknown = unknown
        self.ownShare = ownShare
        self.ownNoise = ownNoise
    }
}

extension PersonClassifier {
    /// What is known of the person.
    package var state: PersonState {
        PersonState(
            turnProbabilities: turnProbabilities, means: means, unknown: unknown.covariance,
            ownShare: own.share, ownNoise: own.covariance)
    }
}

extension HierarchicalPrior {
    /// A classifier of what is known of a person.
    ///
    /// - Parameter state: What ``PersonClassifier/state`` gave, of a prior of these numbers.
    /// - Returns: The classifier, which decides as the one did that the state is of.
    package func classifier(of state: PersonState) -> PersonClassifier {
        precondition(
            state.turnProbabilities.count == turns.count && state.means.count == turns.count
                && state.means.allSatisfy { $0.count == size }
                && state.unknown.count == size * size
                && state.ownNoise.count == (state.ownShare > 0 ? width * width : 0),
            "the state of a person of this prior")
        return PersonClassifier(
            self, weights: state.turnProbabilities, means: state.means,
            unknown: UnknownMeans(spread: state.unknown, size: size),
            own: OwnNoise(self, share: state.ownShare, covariance: state.ownNoise))
    }
}
