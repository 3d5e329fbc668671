private import Autodiff

/// A trained model as it is fine-tuned.
package struct FineTunedModel: Sendable {
    /// The model.
    package let network: any Network
    /// How its steps are taken.
    package let settings: AdaptationSettings
    private let trained: any Network
    private let fineTuning: any FineTuning
    private let seed: UInt64

    /// Prepares fine-tuning.
    ///
    /// - Parameters:
    ///   - fineTuning: How the model is fine-tuned.
    ///   - network: The model as it was trained.
    ///   - settings: How steps are taken when nothing else is said.
    ///   - seed: What parameters that were not trained are drawn from.
    /// - Throws: ``MetaLearningError`` when the model cannot be fine-tuned so.
    package init(
        _ fineTuning: any FineTuning, of network: any Network, _ settings: AdaptationSettings,
        seed: UInt64
    ) throws(MetaLearningError) {
        self.fineTuning = fineTuning
        trained = network
        self.network = try fineTuning.network(network)
        var settings = fineTuning.adaptation(settings)
        settings.optimizer = settings.optimizer.at(
            learningRate: fineTuning.learningRate ?? settings.optimizer.learningRate)
        self.settings = settings
        self.seed = seed
    }

    /// What fine-tuning starts from.
    ///
    /// - Parameter values: The parameters as they were trained; what stands behind them, as learned
    ///   rates do, is left out.
    /// - Returns: The parameters of ``network``.
    package func start(from values: [Float]) -> [Float] {
        var result = Array(values.prefix(trained.parameters.count))
        if network.parameters != trained.parameters {
            let initial: Parameters<Float> = network.initialParameters(seed: seed)
            result = network.parameters.carry(
                result, of: trained.parameters, into: initial.values)
        }
        fineTuning.prepare(&result, network.parameters)
        return result
    }
}
