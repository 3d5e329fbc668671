extension TrainingConfiguration {
    /// How the model adapts, in meta-training and on test tasks alike.
    var adaptation: AdaptationSettings {
        let optimizer: InnerOptimizer =
            switch inner.optimizer {
            case .sgd: .sgd(InnerSGD(learningRate: inner.learningRate))
            case .adam: .adam(InnerAdam(learningRate: inner.learningRate))
            }
        return AdaptationSettings(
            optimizer: optimizer, epochs: inner.epochs, batchSize: inner.batchSize,
            queryBatchSize: queryBatchSize ?? inner.batchSize,
            shuffleSeed: inner.shuffle ? seed : nil)
    }

    /// What meta-training wants of each task.
    var goal: AdaptationGoal {
        switch algorithm {
        case .maml: .exactGradient
        case .firstOrderMAML: .firstOrderGradient
        }
    }
}

extension TrainingConfiguration.Outer {
    /// The learning rate's fall.
    var stepSchedule: StepSchedule { StepSchedule(step: schedule.step, factor: schedule.factor) }
}
