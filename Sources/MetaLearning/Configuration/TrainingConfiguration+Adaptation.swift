extension TrainingConfiguration {
    /// How the model adapts, in meta-training and on test tasks alike.
    package var adaptation: AdaptationSettings {
        var settings = AdaptationSettings(
            optimizer: InnerOptimizer(inner.rule), epochs: inner.epochs, batchSize: inner.batchSize,
            queryBatchSize: queryBatchSize ?? inner.batchSize,
            shuffleSeed: inner.shuffle ? seed : nil)
        settings.steps = inner.steps
        settings.dropoutSeed = seed
        settings.scoresWithDropout = scoresWithDropout
        settings.isTransductive = isTransductive
        return settings
    }

    /// The rates that the learner learns with a model's parameters.
    ///
    /// - Parameter layout: The model's parameters.
    /// - Returns: Their names and shapes; `nil` when none are learned.
    package func rateLayout(of layout: ParameterLayout) -> ParameterLayout? {
        learner.adaptation(adaptation).optimizer.rateLayout(of: layout)
    }
}
