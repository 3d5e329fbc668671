public import Autodiff
package import TaskDraws

/// What a training run gave.
public struct TrainingResult: Sendable, Hashable {
    /// How a method did on one test task.
    public struct Score: Sendable, Hashable {
        /// The task's id, such as `patient/session/condition`.
        public let id: String
        /// The fraction of query windows predicted correctly after fine-tuning; R² of a regression.
        public let accuracy: Double
        /// The mean loss of query minibatches after fine-tuning; not a number for a method that
        /// has none.
        public let loss: Double
        /// Gradient evaluations of its fine-tuning.
        package let fineTuningGradients: Int
        /// The class predicted for each query window, in their order; empty when the model puts out
        /// values.
        public var predictions: [UInt8] = []
        /// How far off a regression is after fine-tuning; `nil` for classes.
        package var regression: RegressionScore?
        /// How the task was varied; nothing for tasks as they were recorded.
        package var draw = TaskDraw()
        /// The query's windows; `nil` where they are all those of the task in the source.
        package var query: QueryWindows?
        /// Whether fine-tuning diverged: a loss was not finite. The task is scored as what the model
        /// predicts then; windows of which it predicts nothing are given the classes in turn, which
        /// is right by chance, and values count as the mean of the targets.
        package var hasDiverged = false
    }

    /// The query windows of an episode that is not a whole task.
    package struct QueryWindows: Sendable, Hashable {
        /// The first sample of each, in order.
        package let starts: [Int]
        /// The class of each, among those of the source.
        package let labels: [UInt8]
    }

    /// A method's column of the test table.
    public struct Column: Sendable, Hashable {
        /// The method whose predictions the numbers evaluate.
        public let method: Method
        /// Its scores in the order of the test tasks.
        public let scores: [Score]
        /// Minibatch gradients that its training took before any fine-tuning. A meta-trained
        /// model's are the inner steps (repeated ones not counted) and the query minibatches.
        package let trainingGradients: Int
        /// Hessian-vector products that its training took.
        package let hessianProducts: Int

        /// The mean accuracy over test tasks.
        public var meanAccuracy: Double {
            scores.map(\.accuracy).reduce(0, +) / Double(max(1, scores.count))
        }

        /// Half of the 95 % interval of the mean over episodes; see ``MeanInterval``.
        package var halfWidth: Double? { MeanInterval(scores.map(\.accuracy)).halfWidth }
    }

    /// The parameters of the epoch that was selected.
    public let parameters: Parameters<Float>
    /// The parameters after the last epoch.
    package let lastParameters: Parameters<Float>
    /// The epoch that was selected, counted from 1.
    public let selectedEpoch: Int
    /// What each epoch gave.
    public let epochs: [EpochReport]
    /// The test table; empty without test tasks.
    public let columns: [Column]
    /// The test table after each of the configured numbers of fine-tuning steps.
    package let fineTuning: [FineTuningTable]
    /// The test table on parts of the supports, for each of the configured shares.
    package let supportSizes: [SupportSizeTable]
    /// What methods keep of tasks learned one after the other; `nil` when that was not asked for.
    package let sequences: SequenceTable?
    /// Whether test tasks are episodes that are independent of each other, of which tables for readers
    /// have means with intervals only.
    package let isOfEpisodes: Bool
    /// What a reader of the numbers must know, such as that there was no validation.
    public let notes: [String]
}
