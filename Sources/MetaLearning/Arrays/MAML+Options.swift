private import Foundation
private import SeededRandom

extension MAML {
    /// Settings of the training.
    public struct Options: Sendable {
        /// How adaptations become a meta-gradient.
        public var learner: any MetaLearner = SecondOrderMAML()
        /// What is made small; `nil` for the mean squared error of targets and the cross-entropy
        /// of classes.
        public var loss: Loss?
        /// Samples of each channel in a row, which has them channel by channel; 1 for rows of
        /// features.
        public var windowLength = 1
        /// How many classes there are; `nil` for as many as the tasks' classes show.
        public var classCount: Int?
        /// The rule of an inner step.
        public var inner: any InnerRule = InnerSGD(learningRate: 0.01)
        /// Inner steps.
        public var innerSteps = 1
        /// Support rows of an inner step; `nil` for all of them.
        public var batchSize: Int?
        /// Ordinary training on the rows of all tasks, from whose parameters meta-training starts;
        /// of its passes the one with the lowest validation loss. `nil` for random parameters.
        package var pretraining: TrainingConfiguration.Baselines.Pretrained?
        /// Pre-training that was done before, on the same tasks from the same ``seed``, in place of
        /// ``pretraining``: the pass is chosen anew.
        package var pretrained: PretrainedPasses?
        /// How the model adapts to a support after training, and wherever it is scored, in place of
        /// what the learner does; `nil` for as in training. For models that are pre-trained alone.
        package var fineTuning: (any FineTuning)?
        /// Adam's learning rate for the meta-parameters.
        public var outerLearningRate = 1e-3
        /// Whether tasks' gradients are averaged; otherwise they are summed.
        public var averages = true
        /// Meta-epochs, each one meta-step; 0 for none.
        public var metaEpochs = 1_000
        /// How many tasks an epoch has: a number is drawn from the range for each, and so many
        /// tasks, with replacement.
        public var tasksPerEpoch = 10...30
        /// The tasks of a meta-epoch, given its number from 1, in place of a draw: such as new
        /// supports of the same people. `nil` to draw among the training tasks.
        public var redraw: (@Sendable (_ epoch: Int) throws -> [ArrayTask])?
        /// Whether the parameters with the highest validation accuracy are selected, of equally good
        /// ones those with the lowest loss; otherwise those with the lowest loss.
        public var selectsByAccuracy = false
        /// Meta-epochs between two looks at the validation tasks, at least 1.
        public var validationInterval = 10
        /// Looks at the validation tasks without a lower loss after which training ends; `nil` for
        /// any number.
        public var patience: Int?
        /// Threads at most; `nil` for the machine's cores. The result does not depend on it.
        public var threads: Int?
        /// What random numbers are drawn from.
        public var seed = SeededGenerator.defaultSeed

        /// One step of descent, second order.
        public init() {}
    }
}

extension MAML.Options {
    func adaptation(loss: Loss) -> AdaptationSettings {
        var settings = AdaptationSettings(
            optimizer: InnerOptimizer(inner), epochs: 1, batchSize: batchSize ?? 1 << 30,
            queryBatchSize: 1 << 30)
        settings.steps = innerSteps
        settings.loss = loss
        settings.dropoutSeed = seed
        return settings
    }

    var outer: MetaLoop.Outer {
        var outer = MetaLoop.Outer()
        outer.learningRate = outerLearningRate
        outer.gradient = MetaGradient(averages: averages)
        outer.tasksPerStep = tasksPerEpoch.upperBound
        return outer
    }

    var threadCount: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
