import MyoTask

/// First-order MAML at first, which is fast, then exact second order: the derivative-order
/// annealing of Antoniou, Edwards and Storkey ("How to train your MAML", ICLR 2019).
struct AnnealedMAML: MetaLearner, Hashable {
    /// Meta-epochs without second derivatives.
    var firstOrderEpochs = 5

    static let key = "annealed_maml"
    static let documentation = "First-order MAML at first, then exact."
    static let fields: Fields<Self> = [
        Field(
            "first_order_epochs", \.firstOrderEpochs, .integer(in: 0...1_000),
            "Meta-epochs without second derivatives.")
    ]

    func goal(epoch: Int) -> AdaptationGoal {
        epoch < firstOrderEpochs ? .firstOrderGradient : .exactGradient
    }
}
