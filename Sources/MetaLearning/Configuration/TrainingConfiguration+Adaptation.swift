extension TrainingConfiguration {
    /// How the model adapts, in meta-training and on test tasks alike.
    var adaptation: AdaptationSettings {
        var settings = AdaptationSettings(
            optimizer: InnerOptimizer(inner.rule), epochs: inner.epochs, batchSize: inner.batchSize,
            queryBatchSize: queryBatchSize ?? inner.batchSize,
            shuffleSeed: inner.shuffle ? seed : nil)
        settings.steps = inner.steps
        settings.dropoutSeed = seed
        settings.scoresWithDropout = scoresWithDropout
        return settings
    }
}
