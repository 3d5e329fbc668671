package import Autodiff
private import SeededRandom

/// One task's adaptation and the derivative back through it, in pieces of work that any thread
/// may take up.
///
/// No graph is unrolled: the trajectory keeps states and each step's activations, and the
/// meta-gradient goes backwards one step at a time, each one the optimiser's adjoint and one
/// Hessian-vector product. All buffers are used again by the next task.
package struct AdaptationRun<Scalar: TensorScalar>: Sendable {
    private let network: any Network
    private let settings: AdaptationSettings
    /// What the trajectory may take, in bytes.
    private let trajectoryBudget: Int

    private var objective: Objective<Scalar>
    private var states: [OptimizerState<Scalar>] = []
    private var records: [StepRecord<Scalar>] = []
    private var adjoint: OptimizerState<Scalar>
    private var direction: [Scalar]

    private var task: TaskSamples<Scalar>?
    private var schedule = TrajectorySchedule.adaptation(stepCount: 0)
    private var nextAction = 0
    private var supportBatches = Minibatches(sampleCount: 0, size: 1)
    private var supportOrders: [[Int]] = []
    private var supportLosses: [Scalar] = []
    private var queryLoss: Scalar = 0
    private var correctCount = 0

    /// Query windows that are worked on at once.
    private static var queryRows: Int { 256 }

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - network: The model.
    ///   - settings: How it adapts.
    ///   - trajectoryBudget: What the trajectory may take, in bytes; what does not fit is computed
    ///     again. Two states are the least.
    package init(network: any Network, settings: AdaptationSettings, trajectoryBudget: Int) {
        self.network = network
        self.settings = settings
        self.trajectoryBudget = trajectoryBudget
        objective = Objective(network)
        adjoint = OptimizerState()
        direction = []
    }

    /// Takes up a task.
    ///
    /// - Parameters:
    ///   - task: Its samples.
    ///   - goal: What is wanted of it.
    ///   - initial: The parameters that adaptation starts from.
    package mutating func begin(
        _ task: TaskSamples<Scalar>, goal: AdaptationGoal, initial: [Scalar]
    ) {
        precondition(
            initial.count == network.parameters.count,
            "expected \(network.parameters.count) parameters, got \(initial.count)")
        self.task = task
        supportBatches = Minibatches(sampleCount: task.support.count, size: settings.batchSize)
        supportOrders = orders(of: task)
        let stepCount = settings.epochs * supportBatches.count
        schedule =
            switch goal {
            case .exactGradient where stepCount > 0: exactSchedule(stepCount: stepCount)
            case .exactGradient, .firstOrderGradient: .firstOrder(stepCount: stepCount)
            case .score: .adaptation(stepCount: stepCount)
            }
        nextAction = 0
        supportLosses.removeAll(keepingCapacity: true)
        let momentCount = settings.optimizer.momentCount
        if states.isEmpty {
            states = [OptimizerState(parameters: initial, momentCount: momentCount)]
        }
        states[0].parameters = initial
        while states.count < schedule.slotCount { states.append(OptimizerState()) }
        if schedule.keepsRecords {
            while records.count < stepCount { records.append(StepRecord()) }
        }
    }

    /// Works on the task.
    ///
    /// - Parameter count: How many actions to do at most.
    /// - Returns: The outcome, when the task is done.
    /// - Throws: ``MetaLearningError`` when a loss is not finite.
    package mutating func advance(
        by count: Int
    ) throws(MetaLearningError) -> AdaptationOutcome<Scalar>? {
        guard let task else { preconditionFailure("no task was taken up") }
        let end = nextAction + min(count, schedule.actions.count - nextAction)
        while nextAction < end {
            try perform(schedule.actions[nextAction], task)
            nextAction += 1
        }
        guard nextAction == schedule.actions.count else { return nil }
        self.task = nil
        return AdaptationOutcome(
            id: task.id, supportLosses: supportLosses, queryLoss: queryLoss,
            queryBatchCount: queryBatches(of: task).count, correctCount: correctCount,
            queryCount: task.query.count, gradient: isScore ? [] : adjoint.parameters,
            trajectoryBytes: bytes(of: schedule), recomputation: schedule.recomputation)
    }

    /// The parameters after adaptation; only when no exact gradient was taken.
    package var adapted: [Scalar] { states[min(schedule.stepCount, 1)].parameters }

    /// What the exact gradient of a task will take.
    ///
    /// - Parameter supportCount: Windows of its support.
    /// - Returns: The trajectory's bytes, and inner steps taken over the trajectory's own.
    package mutating func trajectory(
        supportCount: Int
    ) -> (bytes: Int, recomputation: Double) {
        supportBatches = Minibatches(sampleCount: supportCount, size: settings.batchSize)
        let stepCount = settings.epochs * supportBatches.count
        guard stepCount > 0 else { return (0, 1) }
        let schedule = exactSchedule(stepCount: stepCount)
        return (bytes(of: schedule), schedule.recomputation)
    }

    private var isScore: Bool {
        if case .score = schedule.actions.last { true } else { false }
    }

    // MARK: Actions

    private mutating func perform(
        _ action: TrajectorySchedule.Action, _ task: TaskSamples<Scalar>
    ) throws(MetaLearningError) {
        switch action {
        case .advance(let step, let from, let to):
            load(step, of: task)
            let loss = objective.run(parameters: states[from].parameters)
            if step == supportLosses.count {
                try check(loss, "the support loss at step \(step + 1)", task)
                supportLosses.append(loss)
            }
            move(step, from: from, to: to, isReplay: false)
            if schedule.keepsRecords { objective.exchange(&records[step]) }
        case .replay(let step, let from, let to):
            load(step, of: task)
            objective.exchange(&records[step])
            move(step, from: from, to: to, isReplay: true)
            objective.exchange(&records[step])
        case .query(let slot):
            startAdjoint()
            try judge(task, at: slot, withGradient: true)
        case .score(let slot):
            try judge(task, at: slot, withGradient: false)
        case .reverse(let step, let slot):
            load(step, of: task)
            if schedule.keepsRecords {
                objective.exchange(&records[step])
                reverse(step, at: slot)
                objective.exchange(&records[step])
            } else {
                _ = objective.run(parameters: states[slot].parameters)
                reverse(step, at: slot)
            }
        }
    }

    /// Takes a step with the loaded batch's gradient.
    private mutating func move(_ step: Int, from: Int, to: Int, isReplay: Bool) {
        let optimizer = settings.optimizer
        var next = OptimizerState<Scalar>()
        swap(&next, &states[to])
        let source = from == to ? nil : states[from]
        if let source { next.resize(like: source) }
        let read = objective.parametersRead
        objective.forEachGradientBlock(at: source?.parameters ?? next.parameters) {
            block, gradient in
            let movesParameters = !isReplay || read.contains { $0.overlaps(block) }
            optimizer.update(
                &next, from: source, in: block, gradient: gradient, step: step,
                movesParameters: movesParameters)
        }
        swap(&next, &states[to])
    }

    /// Takes the adjoint back over a step.
    private mutating func reverse(_ step: Int, at slot: Int) {
        let optimizer = settings.optimizer
        let state = states[slot]
        if optimizer.adjointNeedsGradient {
            var adjoint = OptimizerState<Scalar>()
            var direction: [Scalar] = []
            swap(&adjoint, &self.adjoint)
            swap(&direction, &self.direction)
            objective.forEachGradientBlock(at: state.parameters) { block, gradient in
                optimizer.pullBack(
                    &adjoint, to: &direction, from: state, in: block, gradient: gradient,
                    step: step)
            }
            swap(&adjoint, &self.adjoint)
            swap(&direction, &self.direction)
        } else {
            let nothing: [Scalar] = []
            optimizer.pullBack(
                &adjoint, to: &direction, from: state, in: 0..<direction.count,
                gradient: nothing.span, step: step)
        }
        objective.multiplyHessian(
            by: direction, parameters: state.parameters, into: &adjoint.parameters)
    }

    /// The query's loss and score and, when asked for, its gradient into the adjoint.
    private mutating func judge(
        _ task: TaskSamples<Scalar>, at slot: Int, withGradient: Bool
    ) throws(MetaLearningError) {
        let batches = queryBatches(of: task)
        let order = Array(0..<task.query.count)
        let rows = max(1, Self.queryRows / batches.size) * batches.size
        var loss = 0.0
        correctCount = 0
        for start in stride(from: 0, to: order.count, by: rows) {
            let part = order[start..<min(start + rows, order.count)]
            objective.load(task.query, part, weighedBy: batches)
            loss += Double(objective.run(parameters: states[slot].parameters))
            correctCount += objective.correctCount(task.query, part)
            if withGradient {
                objective.addGradient(
                    to: &adjoint.parameters, parameters: states[slot].parameters)
            }
        }
        queryLoss = Scalar(loss)
        try check(queryLoss, "the query loss", task)
    }

    // MARK: Preparation

    private mutating func startAdjoint() {
        let count = network.parameters.count
        let momentCount = settings.optimizer.momentCount
        if direction.count == count {
            adjoint.reset()
        } else {
            adjoint = OptimizerState(
                parameters: Array(repeating: 0, count: count), momentCount: momentCount)
            direction = Array(repeating: 0, count: count)
        }
    }

    private mutating func load(_ step: Int, of task: TaskSamples<Scalar>) {
        let (epoch, batch) = step.quotientAndRemainder(dividingBy: supportBatches.count)
        let order = supportOrders[min(epoch, supportOrders.count - 1)]
        objective.load(
            task.support, order[supportBatches[batch]], weighedBy: supportBatches)
    }

    private func queryBatches(of task: TaskSamples<Scalar>) -> Minibatches {
        Minibatches(sampleCount: task.query.count, size: settings.queryBatchSize)
    }

    /// One order for all epochs when the support is not shuffled.
    private func orders(of task: TaskSamples<Scalar>) -> [[Int]] {
        let order = Array(0..<task.support.count)
        guard let seed = settings.shuffleSeed else { return [order] }
        var generator = SeededGenerator(seed: seed, stream: "support order of \(task.id)")
        return (0..<max(1, settings.epochs)).map { _ in generator.shuffled(order) }
    }

    private mutating func exactSchedule(stepCount: Int) -> TrajectorySchedule {
        let recordBytes = recordBytes(stepCount: stepCount)
        let keepsRecords = recordBytes <= trajectoryBudget / 2
        let left = trajectoryBudget - (keepsRecords ? recordBytes : 0)
        return .exact(
            stepCount: stepCount, slotCount: max(2, left / stateBytes),
            keepsRecords: keepsRecords)
    }

    private var stateBytes: Int {
        network.parameters.count * (1 + settings.optimizer.momentCount)
            * MemoryLayout<Scalar>.stride
    }

    private mutating func recordBytes(stepCount: Int) -> Int {
        let size = min(settings.batchSize, supportBatches.sampleCount)
        return stepCount * objective.recordCount(size: size) * MemoryLayout<Scalar>.stride
    }

    private mutating func bytes(of schedule: TrajectorySchedule) -> Int {
        schedule.slotCount * stateBytes
            + (schedule.keepsRecords ? recordBytes(stepCount: schedule.stepCount) : 0)
    }

    private func check(
        _ loss: Scalar, _ what: String, _ task: TaskSamples<Scalar>
    ) throws(MetaLearningError) {
        guard loss.isFinite else {
            throw MetaLearningError(
                .notFinite(what), at: task.id,
                hint: "lower the learning rate or look for outliers in the task's signal")
        }
    }
}
