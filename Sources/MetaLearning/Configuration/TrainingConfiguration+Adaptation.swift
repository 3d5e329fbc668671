extension TrainingConfiguration {
    /// How the model adapts, in meta-training and on test tasks alike.
    var adaptation: AdaptationSettings {
        let optimizer: InnerOptimizer =
            switch inner.optimizer {
            case .sgd: .sgd(InnerSGD(learningRate: inner.learningRate))
            case .momentum:
                .momentum(InnerMomentum(learningRate: inner.learningRate, decay: inner.momentum))
            case .adam: .adam(InnerAdam(learningRate: inner.learningRate))
            }
        var settings = AdaptationSettings(
            optimizer: optimizer, epochs: inner.epochs, batchSize: inner.batchSize,
            queryBatchSize: queryBatchSize ?? inner.batchSize,
            shuffleSeed: inner.shuffle ? seed : nil)
        settings.steps = inner.steps
        settings.dropoutSeed = seed
        settings.scoresWithDropout = scoresWithDropout
        return settings
    }

    /// How tasks' adaptations become a meta-gradient.
    package var learner: any MetaLearner {
        let settings = algorithmSettings
        return switch algorithm {
        case .maml: SecondOrderMAML(multiStepEpochs: settings.multiStepEpochs)
        case .firstOrderMAML: FirstOrderMAML()
        case .reptile: Reptile()
        case .implicitMAML:
            ImplicitMAML(
                ImplicitSolver(
                    settings.solver, iterations: settings.solverIterations,
                    proximity: settings.proximity))
        case .anil: ANIL(multiStepEpochs: settings.multiStepEpochs)
        case .metaSGD:
            MetaSGD(startRate: inner.learningRate, multiStepEpochs: settings.multiStepEpochs)
        case .sequentialMAML:
            SequentialFirstOrderMAML(
                length: settings.sequenceLength, afterEachTask: settings.afterEachTask)
        }
    }
}
