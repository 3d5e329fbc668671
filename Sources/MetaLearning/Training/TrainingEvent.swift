/// Something that happened during training, for showing progress.
public enum TrainingEvent: Sendable, Hashable {
    /// What the run will do.
    case prepared(Preparation)
    /// A meta-step was taken.
    case step(Step)
    /// A meta-epoch is over.
    case epoch(EpochReport)
    /// The parameters of this epoch, counted from 1, are the result.
    case selected(epoch: Int, why: String)
    /// A pass of the pre-trained baseline is over; `of` is how many there will be, when that is
    /// known.
    case pretraining(epoch: Int, of: Int?, loss: Double, accuracy: Double)
    /// A method was scored on the test tasks.
    case tested(Method, meanAccuracy: Double)

    /// The size of the work.
    public struct Preparation: Sendable, Hashable {
        /// Tasks of each split.
        package let taskCounts: [EpisodeSplit: Int]
        /// Numbers in the model.
        public let parameterCount: Int
        /// Threads in use, of each rank.
        public let threads: Int
        /// The processes that train together, at least 1.
        package var rankCount = 1
        /// The machines that they run on, at least 1.
        package var hostCount = 1
        /// What the trajectories of tasks worked on together take, in bytes; 0 without second
        /// order.
        package let trajectoryBytes: Int
        /// Inner steps taken, repeated ones included, over those of the trajectory.
        package let recomputation: Double
        /// The epochs that were done before the run was resumed.
        package let epochsDone: Int
        /// How many there will be.
        public let epochCount: Int
        /// The meta-steps that were taken before the run was resumed.
        package let stepsDone: Int
    }

    /// A meta-step.
    public struct Step: Sendable, Hashable {
        /// The meta-epoch, counted from 1.
        public let epoch: Int
        /// The step of the epoch, counted from 1.
        public let step: Int
        /// Steps of the epoch.
        package let stepCount: Int
        /// The meta-steps of the whole training so far, this one counted.
        package let totalSteps: Int
        /// The mean query loss of the step's tasks after adaptation.
        public let loss: Double
        /// The fraction of their query windows predicted correctly.
        public let accuracy: Double
        /// How fast tasks are done.
        package let tasksPerSecond: Double
    }
}
