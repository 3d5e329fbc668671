private import Autodiff

/// Where meta-training stands between two epochs: all that is needed to go on from there.
///
/// The order of tasks in an epoch is drawn from the seed and the epoch's number, so no
/// generator's state belongs to it.
struct TrainingState: Sendable {
    /// Epochs that are done.
    var epochsDone = 0
    /// The meta-parameters.
    var parameters: [Float]
    /// The outer optimizer with its moments.
    var optimizer: OuterOptimizer<Float>
    /// The best parameters so far.
    var bestParameters: [Float]
    /// The epoch they are of, counted from 1; 0 before the first.
    var bestEpoch = 0
    /// Their validation loss.
    var bestLoss = Double.infinity
    /// Minibatch gradients taken so far.
    var gradientCount = 0
    /// Hessian-vector products taken so far.
    var hessianProductCount = 0
    /// How training tasks are drawn, with what was learned about them.
    var sampler: TaskSampler
    /// How far the epoch is that was stopped in the middle; `nil` between epochs.
    var partialEpoch: EpochProgress?
    /// What each epoch gave.
    var reports: [EpochReport] = []

    init(
        initial: [Float], _ outer: TrainingConfiguration.Outer, sampler: TaskSampler
    ) {
        self.sampler = sampler
        parameters = initial
        bestParameters = initial
        optimizer = OuterOptimizer(outer.optimizer, parameterCount: initial.count)
    }
}
