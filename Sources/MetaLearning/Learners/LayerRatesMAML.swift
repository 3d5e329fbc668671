package import Documents

/// MAML with a learned rate for each parameter tensor and inner step (Antoniou, Edwards and Storkey,
/// "How to train your MAML", 2019).
package struct LayerRatesMAML: MetaLearner, Hashable {
    /// Inner steps with rates of their own, from 1 to 10,000; later steps take the last one's.
    package var rateSteps = 5
    /// As for ``SecondOrderMAML``.
    package var multiStepEpochs = 0

    /// Five steps, by the last step's loss alone.
    package init() {}

    /// Creates the learner.
    ///
    /// - Parameters:
    ///   - rateSteps: Inner steps with rates of their own, from 1 to 10,000.
    ///   - multiStepEpochs: As for ``SecondOrderMAML``.
    package init(rateSteps: Int, multiStepEpochs: Int = 0) {
        self.rateSteps = rateSteps
        self.multiStepEpochs = multiStepEpochs
    }

    /// `layer_rates`.
    package static let key = "layer_rates"
    /// What it is.
    package static let documentation =
        "MAML++'s rates: as maml, with a learned rate for each layer and step, from "
        + "inner.learning_rate on."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field(
            "rate_steps", \.rateSteps, .integer(in: 1...10_000),
            "Inner steps with rates of their own; later steps take the last one's."),
        .multiStepEpochs(\.multiStepEpochs),
    ]

    /// The exact gradient, by parameters and rates.
    package func goal(epoch: Int) -> AdaptationGoal {
        SecondOrderMAML(multiStepEpochs: multiStepEpochs).goal(epoch: epoch)
    }

    /// By gradient descent with the learned rates.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.optimizer = .layerRates(
            LayerRates(start: settings.optimizer.learningRate, stepCount: rateSteps))
        return settings
    }
}
