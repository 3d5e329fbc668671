/// How a model adapts to a task, and how the query is cut.
package struct AdaptationSettings: Sendable, Hashable {
    /// The rule of a step.
    package let optimizer: InnerOptimizer
    /// Passes over the support.
    package let epochs: Int
    /// Support windows of a step.
    package let batchSize: Int
    /// Query windows whose losses are averaged before minibatches are summed.
    package let queryBatchSize: Int
    /// Seeds a random order of the support in each pass; `nil` for the order of the recording.
    package let shuffleSeed: UInt64?

    /// Creates settings.
    ///
    /// - Parameters:
    ///   - optimizer: The rule of a step.
    ///   - epochs: Passes over the support, at least 0.
    ///   - batchSize: Support windows of a step, at least 1.
    ///   - queryBatchSize: Query windows whose losses are averaged, at least 1.
    ///   - shuffleSeed: Seeds a random order of the support in each pass.
    package init(
        optimizer: InnerOptimizer, epochs: Int, batchSize: Int, queryBatchSize: Int,
        shuffleSeed: UInt64? = nil
    ) {
        precondition(
            epochs >= 0 && batchSize >= 1 && queryBatchSize >= 1,
            "got \(epochs) epochs, batches of \(batchSize) and \(queryBatchSize)")
        self.optimizer = optimizer
        self.epochs = epochs
        self.batchSize = batchSize
        self.queryBatchSize = queryBatchSize
        self.shuffleSeed = shuffleSeed
    }
}

/// What is wanted of a task.
package enum AdaptationGoal: Sendable, Hashable {
    /// The derivative of the query loss by the initial parameters, through every inner step.
    case exactGradient
    /// The derivative of the query loss by the adapted parameters.
    case firstOrderGradient
    /// The query loss and accuracy after adaptation.
    case score
}

/// What a task gave.
package struct AdaptationOutcome<Scalar: Sendable>: Sendable {
    /// The task.
    package let id: String
    /// The mean loss of each step's minibatch before the step.
    package let supportLosses: [Scalar]
    /// The sum over query minibatches of their mean losses, after adaptation.
    package let queryLoss: Scalar
    /// How many query minibatches that is the sum of.
    package let queryBatchCount: Int
    /// How many query windows were told right.
    package let correctCount: Int
    /// How many query windows there are.
    package let queryCount: Int
    /// The gradient by the initial parameters; empty when only a score was wanted.
    package let gradient: [Scalar]
    /// The largest memory that the trajectory needed, in bytes.
    package let trajectoryBytes: Int
    /// Inner steps taken, repeated ones included, over the trajectory's own.
    package let recomputation: Double

    /// The share of query windows told right.
    package var accuracy: Double { Double(correctCount) / Double(queryCount) }
}
