extension MAML {
    /// The parameters after each pass of pre-training: what several trainings have in common that
    /// differ in how the model is fine-tuned, as that chooses the pass.
    package struct PretrainedPasses: Sendable {
        /// The parameters after each pass.
        let parameters: [[Float]]
        /// Minibatch gradients that were taken.
        let gradientCount: Int
    }

    /// Pre-trains a model once for several trainings; see ``Options/pretrained``.
    ///
    /// - Parameters:
    ///   - settings: How.
    ///   - model: Which model.
    ///   - tasks: At least one; all of one width.
    ///   - options: The seed, the classes and the learner of these trainings.
    /// - Returns: The parameters after each pass.
    /// - Throws: ``MetaLearningError`` when tasks do not fit each other or a loss is not finite.
    package static func pretrained(
        _ settings: TrainingConfiguration.Baselines.Pretrained, model: any ModelDefinition,
        tasks: [ArrayTask], options: Options
    ) throws -> PretrainedPasses {
        try ArrayTraining(model: model, tasks: tasks, validation: [], options: options)
            .pretrain(settings)
    }
}
