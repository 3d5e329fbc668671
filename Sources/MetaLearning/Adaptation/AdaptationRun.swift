package import Autodiff
private import SeededRandom

/// One task's adaptation and the derivative back through it, in pieces of work that any thread
/// may take up.
///
/// No graph is unrolled: the trajectory keeps states and each step's activations, and the
/// meta-gradient goes backwards one step at a time, each one the optimizer's adjoint and one
/// Hessian-vector product. All buffers are used again by the next task.
package struct AdaptationRun<Scalar: TensorScalar>: Sendable {
    let network: any Network
    let settings: AdaptationSettings
    private var head: TaskHead<Scalar>
    /// What the trajectory may take, in bytes.
    private let trajectoryBudget: Int

    var objective: Objective<Scalar>
    var states: [OptimizerState<Scalar>] = []
    private var records: [StepRecord<Scalar>] = []
    /// What derivatives read of the parameters before each step, when states are not kept.
    var saved: [[Scalar]] = []
    var adjoint: OptimizerState<Scalar>
    var direction: [Scalar]

    private var task: TaskSamples<Scalar>?
    var schedule = TrajectorySchedule.adaptation(stepCount: 0)
    private var nextAction = 0
    private var supportBatches = Minibatches(sampleCount: 0, size: 1)
    private var supportOrders: [[Int]] = []
    private var supportLosses: [Scalar] = []
    private var query: QueryScore<Scalar>?
    private var hasDiverged = false
    var goal = AdaptationGoal.score
    var initial: [Scalar] = []
    private var round: UInt64 = 0
    var cost = AdaptationCost()
    var pulled: [Scalar] = []
    /// The parts of the flat vector that adapt; one `nil` for all of it.
    let adaptedParts: [Range<Int>?]

    /// Whether the model adapts in closed form, without steps.
    let isClosedForm: Bool

    /// Query windows that are worked on at once.
    let queryRows: Int
    /// Numbers of derivatives' values that a core's caches have room for, roughly.
    private static var cachedNumbers: Int { 1 << 19 }

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - network: The model.
    ///   - settings: How it adapts.
    ///   - trajectoryBudget: What the trajectory may take, in bytes; what does not fit is computed
    ///     again. Two states are the least.
    package init(network: any Network, settings: AdaptationSettings, trajectoryBudget: Int) {
        self.network = network
        var settings = settings
        settings.optimizer = settings.optimizer.placed(on: network.parameters)
        self.settings = settings
        head = TaskHead(settings.headStart, of: network)
        self.trajectoryBudget = trajectoryBudget
        objective = Objective(network, loss: settings.loss)
        let headed = network as? HeadedNetwork
        isClosedForm = headed != nil
        var single = Objective<Scalar>(headed?.base ?? network, loss: settings.loss)
        let width = single.recordCount(size: 1)
        queryRows = min(max(Self.cachedNumbers / max(1, width), 32), 256)
        adaptedParts = settings.adaptedPart.ranges(of: network.parameters)
        adjoint = OptimizerState()
        direction = []
    }

    /// Takes up a task.
    ///
    /// - Parameters:
    ///   - task: Its samples.
    ///   - goal: What is wanted of it.
    ///   - initial: The parameters that adaptation starts from, and learned rates behind them.
    ///   - round: Which time this is, so that dropout differs from time to time.
    ///   - steps: How many steps to take, in place of what the settings say.
    ///   - keepsHead: Whether the last layer is that of `initial` also where learners make it from
    ///     a support.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package mutating func begin(
        _ task: TaskSamples<Scalar>, goal: AdaptationGoal, initial: [Scalar], round: UInt64 = 0,
        steps: Int? = nil, keepsHead: Bool = false
    ) {
        let count = network.parameters.count
        let rateCount = settings.optimizer.rateLayout(of: network.parameters)?.count ?? 0
        let expected = count + rateCount
        precondition(
            initial.count == expected, "expected \(expected) parameters, got \(initial.count)")
        self.task = task
        self.goal = goal
        self.round = round
        self.initial = expected == count ? initial : Array(initial[..<count])
        if !keepsHead { head.set(&self.initial, support: task.support) }
        supportBatches = Minibatches(sampleCount: task.support.count, size: settings.batchSize)
        let stepCount =
            isClosedForm
            ? 0 : steps ?? task.stepCount ?? settings.stepCount(batches: supportBatches.count)
        supportOrders = orders(of: task, stepCount: stepCount)
        schedule =
            switch goal {
            case .exactGradient where stepCount > 0:
                plan().exact(stepCount: stepCount, needsStates: false)
            case .multiStepGradient where stepCount > 0:
                plan().exact(stepCount: stepCount, needsStates: true)
            case .exactGradient, .multiStepGradient, .firstOrderGradient:
                .firstOrder(stepCount: stepCount)
            case .implicitGradient: .implicit(stepCount: stepCount)
            case .parameters: .forward(stepCount: stepCount)
            case .displacement, .score: .adaptation(stepCount: stepCount)
            }
        nextAction = 0
        query = nil
        hasDiverged = false
        cost = AdaptationCost()
        cost.gradientCount = stepCount
        supportLosses.removeAll(keepingCapacity: true)
        let momentCount = settings.optimizer.momentCount
        if states.isEmpty {
            states = [OptimizerState(parameters: self.initial, momentCount: momentCount)]
        }
        states[0].parameters = self.initial
        states[0].rates = Array(initial[count...])
        while states.count < schedule.slotCount { states.append(OptimizerState()) }
        if schedule.recordedSteps > 0 {
            while records.count < stepCount { records.append(StepRecord()) }
        }
        if schedule.savesParameters {
            while saved.count < stepCount { saved.append([]) }
        }
    }

    /// Works on the task.
    ///
    /// - Parameter count: How many actions to do at most.
    /// - Returns: The outcome, when the task is done.
    /// - Throws: ``MetaLearningError`` when a loss is not finite.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
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
        cost.trajectoryBytes = isClosedForm ? 0 : plan().bytes(of: schedule)
        cost.recomputation = schedule.recomputation
        var outcome = AdaptationOutcome(
            id: task.id, supportLosses: supportLosses, query: query ?? unscored(task),
            gradient: metaGradient(of: task), cost: cost)
        outcome.hasDiverged = hasDiverged
        return outcome
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
        let stepCount = isClosedForm ? 0 : settings.stepCount(batches: supportBatches.count)
        guard stepCount > 0 else { return (0, 1) }
        let plan = plan()
        let schedule = plan.exact(stepCount: stepCount, needsStates: false)
        return (plan.bytes(of: schedule), schedule.recomputation)
    }

    private mutating func metaGradient(of task: TaskSamples<Scalar>) -> [Scalar] {
        switch goal {
        case .score, .parameters: return []
        case .displacement: return zip(initial, adapted).map { $0 - $1 }
        case .exactGradient, .multiStepGradient, .firstOrderGradient, .implicitGradient:
            head.pullBack(&adjoint.parameters, at: initial, support: task.support)
            return settings.optimizer.learnsRates
                ? adjoint.parameters + adjoint.rates
                : adjoint.parameters
        }
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
            if schedule.isRecorded(step) { objective.exchange(&records[step]) }
        case .replay(let step, let from, let to):
            load(step, of: task)
            objective.exchange(&records[step])
            move(step, from: from, to: to, isReplay: true)
            objective.exchange(&records[step])
        case .save(let step): save(step)
        case .restore(let step): restore(step)
        case .query(let slot):
            startAdjoint()
            query = try evaluateQuery(task, at: slot, weight: lastWeight)
        case .score(let slot):
            query = try evaluateQuery(task, at: slot, weight: nil)
        case .solve(let slot):
            startAdjoint()
            query = try evaluateQuery(task, at: slot, weight: 1)
            solve(task, at: slot)
        case .reverse(let step, let slot):
            load(step, of: task)
            if schedule.isRecorded(step) {
                objective.exchange(&records[step])
                reverse(step, at: slot)
                objective.exchange(&records[step])
            } else {
                _ = objective.run(parameters: states[slot].parameters)
                reverse(step, at: slot)
            }
            cost.hessianProductCount += 1
            if earlyWeight > 0, step > 0 {
                _ = try evaluateQuery(task, at: slot, weight: earlyWeight)
            }
        }
    }

    /// Names a draw of dropout's masks.
    func maskKey(_ place: Int, _ task: TaskSamples<Scalar>) -> UInt64? {
        guard objective.hasMasks else { return nil }
        var generator = SeededGenerator(
            seed: settings.dropoutSeed, stream: "dropout of \(task.id), \(round), \(place)")
        return generator.next()
    }

    // MARK: Preparation

    private mutating func load(_ step: Int, of task: TaskSamples<Scalar>) {
        let (epoch, batch) = step.quotientAndRemainder(dividingBy: supportBatches.count)
        let order = supportOrders[min(epoch, supportOrders.count - 1)]
        objective.load(
            task.support, order[supportBatches[batch]], weighedBy: supportBatches,
            masks: maskKey(step, task))
    }

    /// One order for all epochs when the support is not shuffled.
    private func orders(of task: TaskSamples<Scalar>, stepCount: Int) -> [[Int]] {
        let order = Array(0..<task.support.count)
        guard let seed = settings.shuffleSeed else { return [order] }
        var generator = SeededGenerator(seed: seed, stream: "support order of \(task.id)")
        let epochs = (stepCount + supportBatches.count - 1) / supportBatches.count
        return (0..<max(1, epochs)).map { _ in generator.shuffled(order) }
    }

    private mutating func plan() -> TrajectoryPlan {
        let stride = MemoryLayout<Scalar>.stride
        let size = min(settings.batchSize, supportBatches.sampleCount)
        let optimizer = settings.optimizer
        return TrajectoryPlan(
            stateBytes: network.parameters.count * (1 + optimizer.momentCount) * stride,
            recordBytes: objective.recordCount(size: size) * stride,
            savedBytes: optimizer.adjointNeedsMoments
                ? nil : objective.readCount(size: size) * stride,
            budget: trajectoryBudget)
    }

    mutating func check(
        _ loss: Scalar, _ what: String, _ task: TaskSamples<Scalar>
    ) throws(MetaLearningError) {
        guard loss.isFinite else {
            if goal == .score || goal == .parameters, settings.scoresDivergence {
                hasDiverged = true
                return
            }
            throw MetaLearningError(
                .notFinite(what), at: task.id,
                hint: "lower the learning rate or look for outliers in the task's signal")
        }
    }
}
