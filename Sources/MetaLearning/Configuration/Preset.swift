extension TrainingConfiguration {
    /// Ready settings that a configuration starts from.
    public enum Preset: String, Sendable, Hashable, CaseIterable {
        /// Exact MAML from random parameters.
        case standard
        /// Exact MAML from the pre-trained parameters, compared at equal numbers of gradients and
        /// after 1, 5 and 20 steps of fine-tuning. Pre-training stops early: it sees the training
        /// people's queries, and meta-training learns nothing from queries that are known by heart.
        case warmStart = "warm_start"
        /// The loop of MetaEMG (plarotta/meta-emg; arXiv
        /// 2403.13147), with its settings: the pre-trained baseline
        /// sees task after task in the order of the recordings, dropout is never switched off.
        case referenceProgram = "reference_program"
    }

    /// The settings of a preset.
    public init(preset: Preset) {
        self.init()
        switch preset {
        case .standard: break
        case .warmStart:
            initial = .pretrained
            metaEpochs = 24
            inner.epochs = 1
            baselines.pretrained?.epochs = 10
            studies.convergence = [1, 5, 20]
            baselines.pretrained?.matchesGradients = true
        case .referenceProgram:
            baselines.pretrained?.shuffle = false
            scoresWithDropout = true
        }
    }
}
