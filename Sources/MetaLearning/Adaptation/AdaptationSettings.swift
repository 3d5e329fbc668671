/// How a model adapts to a task, and how the query is cut.
public struct AdaptationSettings: Sendable {
    /// The rule of a step.
    package var optimizer: InnerOptimizer
    /// Passes over the support.
    public var epochs: Int
    /// Steps, in place of passes; they go round the support as often as needed.
    public var steps: Int?
    /// Support windows of a step.
    public var batchSize: Int
    /// Query windows whose losses are averaged before minibatches are summed.
    package var queryBatchSize: Int
    /// Seeds a random order of the support in each pass; `nil` for the order of the recording.
    package var shuffleSeed: UInt64?
    /// Seeds the masks of dropout.
    package var dropoutSeed: UInt64 = 0
    /// Whether dropout is left on when only a score is wanted.
    package var scoresWithDropout = false
    /// Whether the query windows that are scored are one batch, where a model reads batch statistics;
    /// else each one is a batch with the support.
    package var isTransductive = true
    /// What is made small.
    public var loss = Loss.crossEntropy
    /// λ of `λ/2 ‖φ − θ‖²`, which is added to each support loss; 0 for none.
    public var lambda = 0.0
    /// What the last layer starts from.
    public var headStart = HeadStart.own
    /// Which parameters adapt.
    public var adaptedPart = AdaptedPart.all
    /// Whether a task whose loss is not finite is scored as what the model predicts of it then; it
    /// is an error otherwise, and always when a gradient is wanted.
    public var scoresDivergence = false

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

    /// Inner steps on a support of so many minibatches.
    package func stepCount(batches: Int) -> Int { steps ?? epochs * batches }
}
