/// What a training run shall do; every value has a default.
///
/// The defaults are those of the field's reference program, except that three tasks make a
/// meta-step, the query is never used for anything but its loss, and the pre-trained baseline
/// sees its windows shuffled.
public struct TrainingConfiguration: Sendable, Hashable {
    /// How the meta-gradient is taken.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        /// Exact second-order MAML (Finn, Abbeel and Levine 2017).
        case maml
        /// MAML without second derivatives.
        case firstOrderMAML = "first_order_maml"
        /// Towards the adapted parameters (Nichol, Achiam and Schulman 2018).
        case reptile
        /// Implicit MAML (Rajeswaran et al. 2019).
        case implicitMAML = "implicit_maml"
        /// MAML whose last layer alone adapts (Raghu et al. 2020).
        case anil
        /// MAML with a learned rate for each parameter (Li et al. 2017).
        case metaSGD = "meta_sgd"
        /// First-order MAML over sequences of tasks, learned one after the other.
        case sequentialMAML = "sequential_maml"
    }

    /// What the algorithms need besides.
    public struct AlgorithmSettings: Sendable, Hashable {
        /// Meta-epochs over which the query losses after every inner step count, less from epoch
        /// to epoch (Antoniou, Edwards and Storkey 2019); 0 for the last step's loss alone. For
        /// `maml`, `anil` and `meta_sgd`.
        public var multiStepEpochs = 0
        /// λ of implicit MAML.
        public var proximity = 2.0
        /// How implicit MAML solves its system.
        public var solver = ImplicitSolver.Rule.conjugateGradient
        /// The solver's iterations.
        public var solverIterations = 5
        /// Tasks of a sequence.
        public var sequenceLength = 3
        /// Which query losses count besides those at a sequence's end.
        public var afterEachTask = SequentialFirstOrderMAML.AfterEachTask.none

        /// The default settings.
        public init() {}
    }

    /// The model.
    public typealias Model = ModelSettings

    /// How the model adapts to a task.
    public struct Inner: Sendable, Hashable {
        /// The rules of a step.
        public enum Optimizer: String, Sendable, Hashable, CaseIterable {
            /// Gradient descent.
            case sgd
            /// Gradient descent with momentum.
            case momentum
            /// Adam in the form that is differentiated.
            case adam
        }

        /// The rule of a step.
        public var optimizer = Optimizer.adam
        /// Its learning rate.
        public var learningRate = 1e-4
        /// How much of the momentum is kept, for `momentum`.
        public var momentum = 0.9
        /// Passes over the support.
        public var epochs = 3
        /// Steps in place of passes; `nil` for whole passes.
        public var steps: Int?
        /// Support windows of a step.
        public var batchSize = 32
        /// Whether the support is shuffled; otherwise it is used in the recording's order.
        public var shuffle = false

        /// The default settings.
        public init() {}
    }

    /// How the meta-parameters are moved.
    public struct Outer: Sendable, Hashable {
        /// The rules of a meta-step, in PyTorch's form.
        public enum Optimizer: String, Sendable, Hashable, CaseIterable {
            /// Adam with weight decay apart from the gradient.
            case adamw
            /// Adam.
            case adam
            /// Gradient descent.
            case sgd
        }

        /// How the learning rate falls.
        public struct Schedule: Sendable, Hashable {
            /// The kinds of schedule.
            public enum Kind: String, Sendable, Hashable, CaseIterable {
                /// Times `factor` every `step` meta-epochs, PyTorch's `StepLR`.
                case step
                /// Along half a cosine to `minimum` at the last meta-epoch, `CosineAnnealingLR`.
                case cosine
                /// Times `factor` when the loss has not fallen for more than `patience`
                /// meta-epochs, `ReduceLROnPlateau`.
                case plateau
            }

            /// Which one.
            public var kind = Kind.step
            /// Meta-epochs between two changes.
            public var step = 15
            /// What the rate is multiplied by.
            public var factor = 0.9
            /// Meta-epochs without a lower loss that are borne with.
            public var patience = 10
            /// The lowest rate of `cosine` and `plateau`.
            public var minimum = 0.0

            /// The default schedule.
            public init() {}
        }

        /// The rule of a meta-step.
        public var optimizer = Optimizer.adamw
        /// Its learning rate.
        public var learningRate = 1e-4
        /// The weight decay.
        public var weightDecay = 0.01
        /// The learning rate's fall.
        public var schedule = Schedule()
        /// The longest meta-gradient; a longer one is shortened. `nil` for any length.
        public var clipNorm: Double?
        /// Whether tasks' gradients are averaged; otherwise they are summed.
        public var averages = false

        /// The default settings.
        public init() {}
    }

    /// Which epoch's parameters are the result.
    public enum Selection: String, Sendable, Hashable, CaseIterable {
        /// That of the lowest mean loss on the validation tasks after adaptation; the last one
        /// when there are none. A warm start is among them, as epoch 0.
        case validationLoss = "validation_loss"
        /// The last one.
        case lastEpoch = "last_epoch"
    }

    /// What the meta-trained model is compared with; each is fine-tuned in the same way.
    public struct Baselines: Sendable, Hashable {
        /// Ordinary training on all training tasks' windows, with Adam.
        public struct Pretrained: Sendable, Hashable {
            /// Passes over all windows.
            public var epochs = 30
            /// The learning rate.
            public var learningRate = 1e-4
            /// Windows of a step.
            public var batchSize = 32
            /// Whether all windows are shuffled in each pass; otherwise task follows task in the
            /// recordings' order.
            public var shuffle = true
            /// Whether it goes on until it has taken as many gradients (Hessian-vector products
            /// count as gradients) as meta-training, in place of `epochs` passes.
            public var matchesGradients = false

            /// The default settings.
            public init() {}
        }

        /// Whether the untrained model is compared.
        public var random = true
        /// Whether a linear discriminant on time-domain features of the windows is compared. It
        /// is no model of this room: whoever knows features hands it to the trainer.
        public var lda = true
        /// How the pre-trained model is made; `nil` for none.
        public var pretrained: Pretrained? = Pretrained()

        /// The default baselines.
        public init() {}
    }

    /// What is studied on the test tasks besides the configured fine-tuning.
    public struct Studies: Sendable, Hashable {
        /// Numbers of fine-tuning steps after which the methods are compared; each method takes
        /// as many, round the support.
        public var convergence: [Int] = []
        /// Shares of each class's support windows, above 0 and at most 1, on which the methods
        /// are compared: the first ones of each class, at least one. The number of steps is that
        /// of the whole support.
        public var support: [Double] = []

        /// No studies.
        public init() {}
    }

    /// What meta-training starts from.
    public enum Initial: String, Sendable, Hashable, CaseIterable {
        /// The model's random parameters.
        case random
        /// The pre-trained baseline's parameters.
        case pretrained
    }

    /// How the meta-gradient is taken.
    public var algorithm = Algorithm.maml
    /// What the algorithms need besides.
    public var algorithmSettings = AlgorithmSettings()
    /// What meta-training starts from.
    public var initial = Initial.random
    /// How tasks are drawn.
    public var sampling = Sampling()
    /// The model.
    public var model = Model()
    /// How the model adapts to a task.
    public var inner = Inner()
    /// How the meta-parameters are moved.
    public var outer = Outer()
    /// Passes over all training tasks.
    public var metaEpochs = 50
    /// Tasks whose meta-gradients are summed for one meta-step.
    public var tasksPerStep = 3
    /// Query windows whose losses are averaged before minibatches are summed; `nil` for the inner
    /// batch size.
    public var queryBatchSize: Int?
    /// Which epoch's parameters are the result.
    public var selection = Selection.validationLoss
    /// What the meta-trained model is compared with.
    public var baselines = Baselines()
    /// What is studied on the test tasks besides.
    public var studies = Studies()
    /// Seeds of runs that belong together; empty for the one of ``seed``.
    public var seeds: [UInt64] = []
    /// Whether dropout stays on when tasks are scored.
    public var scoresWithDropout = false
    /// Meta-epochs between two checkpoints that are kept besides the best and the last; `nil` for
    /// none.
    public var checkpointEvery: Int?
    /// What random numbers are drawn from.
    public var seed: UInt64 = 45
    /// Threads at most; `nil` for the machine's cores. The result does not depend on it.
    public var threads: Int?
    /// What the inner trajectories of all tasks worked on together may take, in megabytes
    /// (2²⁰ bytes); what does not fit is computed again.
    public var trajectoryBudgetMB = 88
    /// What tasks that are kept in memory between uses may take, in megabytes (2²⁰ bytes); `nil`
    /// for ``defaultTaskMemoryMB``.
    public var taskMemoryMB: Int?
    /// Whether training windows are varied as the tasks' source says.
    public var augmentation = true

    /// The default configuration.
    public init() {}
}
