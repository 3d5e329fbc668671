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
    }

    /// The model.
    public struct Model: Sendable, Hashable {
        /// The kinds of model.
        public enum Name: String, Sendable, Hashable, CaseIterable {
            /// Fully connected layers, ``DenseNetwork``.
            case dnn
        }

        /// Which one.
        public var name = Name.dnn
        /// Sizes of the hidden layers.
        public var hidden = [512, 128]

        /// The default model.
        public init() {}
    }

    /// How the model adapts to a task.
    public struct Inner: Sendable, Hashable {
        /// The rules of a step.
        public enum Optimizer: String, Sendable, Hashable, CaseIterable {
            /// Gradient descent.
            case sgd
            /// Adam in the form that is differentiated.
            case adam
        }

        /// The rule of a step.
        public var optimizer = Optimizer.adam
        /// Its learning rate.
        public var learningRate = 1e-4
        /// Passes over the support.
        public var epochs = 3
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

        /// The learning rate's fall: times `factor` every `step` meta-epochs.
        public struct Schedule: Sendable, Hashable {
            /// Meta-epochs between two changes.
            public var step = 15
            /// What the rate is multiplied by.
            public var factor = 0.9

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

        /// The default settings.
        public init() {}
    }

    /// Which epoch's parameters are the result.
    public enum Selection: String, Sendable, Hashable, CaseIterable {
        /// That of the lowest mean loss on the validation tasks after adaptation; the last one
        /// when there are none.
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

            /// The default settings.
            public init() {}
        }

        /// Whether the untrained model is compared.
        public var random = true
        /// How the pre-trained model is made; `nil` for none.
        public var pretrained: Pretrained? = Pretrained()

        /// The default baselines.
        public init() {}
    }

    /// How the meta-gradient is taken.
    public var algorithm = Algorithm.maml
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
    /// What random numbers are drawn from.
    public var seed: UInt64 = 45
    /// Threads at most; `nil` for the machine's cores. The result does not depend on it.
    public var threads: Int?
    /// What the inner trajectories of all tasks worked on together may take, in megabytes
    /// (2²⁰ bytes); what does not fit is computed again.
    public var trajectoryBudgetMB = 96

    /// The default configuration.
    public init() {}
}
