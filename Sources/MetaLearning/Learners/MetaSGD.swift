package import Documents

/// MAML with a learned rate for each parameter (Li, Zhou, Chen and Li, "Meta-SGD", 2017).
package struct MetaSGD: MetaLearner, Hashable {
    /// What all rates start from, above 0; `nil` for the learning rate that is asked for.
    package var startRate: Double?
    /// As for ``SecondOrderMAML``.
    package var multiStepEpochs = 0

    /// From the learning rate that is asked for, by the last step's loss alone.
    package init() {}

    /// Creates the learner.
    ///
    /// - Parameters:
    ///   - startRate: What all rates start from; `nil` for the learning rate that is asked for.
    ///   - multiStepEpochs: As for ``SecondOrderMAML``.
    package init(startRate: Double?, multiStepEpochs: Int = 0) {
        self.startRate = startRate
        self.multiStepEpochs = multiStepEpochs
    }

    /// `meta_sgd`.
    package static let key = "meta_sgd"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Meta-SGD: as maml, with a learned rate for each parameter, from inner.learning_rate on."
    /// Its settings.
    package static let fields: Fields<Self> = [.multiStepEpochs(\.multiStepEpochs)]

    /// The exact gradient, by parameters and rates.
    package func goal(epoch: Int) -> AdaptationGoal {
        SecondOrderMAML(multiStepEpochs: multiStepEpochs).goal(epoch: epoch)
    }

    /// By gradient descent with the learned rates.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.optimizer = .learnedRates(start: startRate ?? settings.optimizer.learningRate)
        return settings
    }
}
