package import Documents

/// Exact second-order MAML (Finn, Abbeel and Levine, "Model-agnostic meta-learning", 2017).
package struct SecondOrderMAML: MetaLearner, Hashable {
    /// Meta-epochs over which the query losses after every inner step count, less from epoch to
    /// epoch (Antoniou, Edwards and Storkey, "How to train your MAML", 2019), from 0 to 1,000,000;
    /// 0 for the last step's loss alone.
    package var multiStepEpochs = 0

    /// By the last step's loss alone.
    package init() {}

    /// Creates the learner.
    ///
    /// - Parameter multiStepEpochs: Meta-epochs over which the query losses after every inner step
    ///   count, less from epoch to epoch; 0 for the last step's loss alone.
    package init(multiStepEpochs: Int) {
        self.multiStepEpochs = multiStepEpochs
    }

    /// `maml`.
    package static let key = "maml"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Exact second-order MAML."
    /// Its settings.
    package static let fields: Fields<Self> = [.multiStepEpochs(\.multiStepEpochs)]

    /// The exact gradient.
    package func goal(epoch: Int) -> AdaptationGoal {
        guard epoch < multiStepEpochs else { return .exactGradient }
        return .multiStepGradient(share: 1 - Double(epoch) / Double(multiStepEpochs))
    }
}
