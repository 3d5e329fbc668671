package import Documents

extension TrainingConfiguration.Baselines {
    /// Ordinary training on all training tasks' windows, with Adam.
    package struct Pretrained: Described, Hashable {
        /// Passes over all windows, from 1 to 100,000.
        package var epochs = 30
        /// The learning rate, from 10⁻¹² to 100.
        package var learningRate = 1e-4
        /// Windows of a step, from 1 to 1,000,000.
        package var batchSize = 32
        /// Whether all windows are shuffled in each pass; otherwise task follows task in the
        /// recordings' order.
        package var shuffle = true
        /// Whether it goes on until it has taken as many gradients (Hessian-vector products
        /// count as gradients) as meta-training, in place of `epochs` passes.
        package var matchesGradients = false
        /// How it is fine-tuned on a support.
        @KindValue package var fineTuning: any FineTuning = FullFineTuning()

        /// The default settings.
        package init() {}

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field("epochs", \.epochs, .integer(in: 1...100_000), "Passes over all windows."),
            Field("learning_rate", \.learningRate, .learningRate, "The learning rate."),
            Field("batch_size", \.batchSize, .integer(in: 1...1_000_000), "Windows of a step."),
            Field(
                "shuffle", \.shuffle, .boolean,
                "Whether all windows are shuffled in each pass; otherwise task follows task in the "
                    + "recordings' order."),
            Field(
                "match_gradients", \.matchesGradients, .boolean,
                "Whether it goes on until it has taken as many gradients as meta-training "
                    + "(Hessian-vector products count as gradients), in place of epochs passes."),
            // Left out when nothing is said, so that runs from before keep their identity.
            Field(
                "fine_tuning", \.fineTuning, .fineTuning,
                "How it is fine-tuned on a support, by name and settings; as the meta-trained model "
                    + "when left out."
            ).written(when: { !$0.isFineTunedAsUsual }),
        ]

        /// Whether it is fine-tuned as the meta-trained model is.
        var isFineTunedAsUsual: Bool {
            fineTuning is FullFineTuning && fineTuning.learningRate == nil
        }
    }
}
