package import Autodiff
private import SeededRandom

/// One task's adaptation and the derivative back through it, in pieces of work that any thread
/// may take up.
///
/// No graph is unrolled: the trajectory keeps states and each step's activations, and the
/// meta-gradient goes backwards one step at a time, each one the optimizer's adjoint and one
/// Hessian-vector product. All buffers are used again by the next task.
package struct AdaptationRun<Scalar: TensorScalar>: Sendable {
    private let network: any Network
    private let settings: AdaptationSettings
    /// What the trajectory may take, in bytes.
    private let trajectoryBudget: Int

    private var objective: Objective<Scalar>
    private var states: [OptimizerState<Scalar>] = []
    private var records: [StepRecord<Scalar>] = []
    /// What derivatives read of the parameters before each step, when states are not kept.
    private var saved: [[Scalar]] = []
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
    private var predictions: [UInt8] = []
    private var residuals = Residuals()
    private var goal = AdaptationGoal.score
    private var initial: [Scalar] = []
    private var round: UInt64 = 0
    private var gradientCount = 0
    private var productCount = 0
    /// Learned rates, and the derivative by them.
    private var rates: [Scalar] = []
    private var rateAdjoint: [Scalar] = []
    private var pulled: [Scalar] = []
    /// The part of the flat vector that adapts; `nil` for all of it.
    private let adaptedPart: Range<Int>?

    /// Query windows that are worked on at once.
    private let queryRows: Int
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
        self.settings = settings
        self.trajectoryBudget = trajectoryBudget
        objective = Objective(network, loss: settings.loss)
        var single = Objective<Scalar>(network, loss: settings.loss)
        let width = single.recordCount(size: 1)
        queryRows = min(max(Self.cachedNumbers / max(1, width), 32), 256)
        adaptedPart = settings.adaptsHeadOnly ? network.parameters.head : nil
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
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package mutating func begin(
        _ task: TaskSamples<Scalar>, goal: AdaptationGoal, initial: [Scalar], round: UInt64 = 0,
        steps: Int? = nil
    ) {
        let count = network.parameters.count
        let expected = settings.optimizer.learnsRates ? 2 * count : count
        precondition(
            initial.count == expected, "expected \(expected) parameters, got \(initial.count)")
        self.task = task
        self.goal = goal
        self.round = round
        self.initial = expected == count ? initial : Array(initial[..<count])
        rates = expected == count ? [] : Array(initial[count...])
        supportBatches = Minibatches(sampleCount: task.support.count, size: settings.batchSize)
        let stepCount =
            steps ?? task.stepCount ?? settings.stepCount(batches: supportBatches.count)
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
        gradientCount = stepCount
        productCount = 0
        supportLosses.removeAll(keepingCapacity: true)
        let momentCount = settings.optimizer.momentCount
        if states.isEmpty {
            states = [OptimizerState(parameters: self.initial, momentCount: momentCount)]
        }
        states[0].parameters = self.initial
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
        var outcome = AdaptationOutcome(
            id: task.id, supportLosses: supportLosses, queryLoss: queryLoss,
            queryBatchCount: queryBatches(of: task).count, correctCount: correctCount,
            queryCount: task.query.count, gradient: metaGradient,
            gradientCount: gradientCount, hessianProductCount: productCount,
            trajectoryBytes: plan().bytes(of: schedule), recomputation: schedule.recomputation)
        outcome.predictions = predictions
        outcome.regression = residuals.score
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
        let stepCount = settings.stepCount(batches: supportBatches.count)
        guard stepCount > 0 else { return (0, 1) }
        let plan = plan()
        let schedule = plan.exact(stepCount: stepCount, needsStates: false)
        return (plan.bytes(of: schedule), schedule.recomputation)
    }

    private var metaGradient: [Scalar] {
        switch goal {
        case .score, .parameters: []
        case .displacement: zip(initial, adapted).map { $0 - $1 }
        case .exactGradient, .multiStepGradient, .firstOrderGradient, .implicitGradient:
            settings.optimizer.learnsRates
                ? adjoint.parameters + rateAdjoint
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
            try evaluateQuery(task, at: slot, weight: lastWeight)
        case .score(let slot):
            try evaluateQuery(task, at: slot, weight: nil)
        case .solve(let slot):
            startAdjoint()
            try evaluateQuery(task, at: slot, weight: 1)
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
            productCount += 1
            if earlyWeight > 0, step > 0 {
                let (loss, correct, last) = (queryLoss, correctCount, residuals)
                try evaluateQuery(task, at: slot, weight: earlyWeight)
                (queryLoss, correctCount, residuals) = (loss, correct, last)
            }
        }
    }

    /// What the query loss after each step but the last one weighs.
    private var earlyWeight: Double {
        guard case .multiStepGradient(let share) = goal else { return 0 }
        return share / Double(max(1, schedule.stepCount))
    }

    private var lastWeight: Double {
        1 - earlyWeight * Double(max(0, schedule.stepCount - 1))
    }

    /// Puts the implicit gradient into the adjoint.
    private mutating func solve(_ task: TaskSamples<Scalar>, at slot: Int) {
        guard case .implicitGradient(let solver) = goal else { return }
        let phi = states[slot].parameters
        var objective = Objective<Scalar>(network, loss: settings.loss)
        swap(&objective, &self.objective)
        let count = task.support.count
        let whole = Minibatches(sampleCount: count, size: count)
        let order = Array(0..<count)
        let rows = queryRows
        var isLoaded = false
        let solution = solver.solve(adjoint.parameters) { direction, result in
            for start in stride(from: 0, to: count, by: rows) where !isLoaded || count > rows {
                load(order[start..<min(start + rows, count)])
                if count > rows { multiply(direction, &result) }
            }
            if count <= rows { multiply(direction, &result) }
            isLoaded = true
        }
        func load(_ part: ArraySlice<Int>) {
            objective.load(task.support, part, weighedBy: whole)
            _ = objective.run(parameters: phi)
        }
        func multiply(_ direction: [Scalar], _ result: inout [Scalar]) {
            objective.multiplyHessian(by: direction, parameters: phi, into: &result)
        }
        swap(&objective, &self.objective)
        adjoint.parameters = solution
        productCount += solver.iterations
    }

    /// Takes a step with the loaded batch's gradient.
    private mutating func move(_ step: Int, from: Int, to: Int, isReplay: Bool) {
        let optimizer = settings.optimizer
        let (rates, initial, lambda) = (rates, initial, Scalar(settings.lambda))
        var next = OptimizerState<Scalar>()
        swap(&next, &states[to])
        var pulled: [Scalar] = []
        swap(&pulled, &self.pulled)
        let source = from == to ? nil : states[from]
        if let source { next.resize(like: source) }
        if let source, adaptedPart != nil { next.copy(source) }
        let read = objective.parametersRead
        objective.forEachGradientBlock(
            at: source?.parameters ?? next.parameters, within: adaptedPart
        ) { block, gradient in
            let movesParameters = !isReplay || read.contains { $0.overlaps(block) }
            guard lambda > 0 else {
                return optimizer.update(
                    &next, from: source, in: block, gradient: gradient, step: step,
                    movesParameters: movesParameters, rates: rates)
            }
            Self.pull(
                gradient, in: block, from: source?.parameters ?? next.parameters, to: initial,
                by: lambda, into: &pulled)
            optimizer.update(
                &next, from: source, in: block, gradient: pulled.span.extracting(0..<block.count),
                step: step, movesParameters: movesParameters, rates: rates)
        }
        swap(&pulled, &self.pulled)
        swap(&next, &states[to])
    }

    /// A block's gradient with that of `λ/2 ‖φ − θ‖²`.
    private static func pull(
        _ gradient: Span<Scalar>, in block: Range<Int>, from parameters: [Scalar],
        to initial: [Scalar], by lambda: Scalar, into result: inout [Scalar]
    ) {
        if result.count < gradient.count { result = Array(repeating: 0, count: gradient.count) }
        let (place, start) = (parameters.span.extracting(block), initial.span.extracting(block))
        for index in 0..<gradient.count {
            result[index] = gradient[index] + lambda * (place[index] - start[index])
        }
    }

    private mutating func save(_ step: Int) {
        let ranges = objective.parametersRead
        let count = ranges.reduce(0) { $0 + $1.count }
        if saved[step].count != count { saved[step] = Array(repeating: 0, count: count) }
        let parameters = states[1].parameters
        var note = saved[step].mutableSpan
        var next = 0
        for range in ranges {
            var part = note._mutatingExtracting(next..<next + range.count)
            VectorLoops.scale(
                parameters.span.extracting(range), by: 1, into: &part, accumulating: false)
            next += range.count
        }
    }

    private mutating func restore(_ step: Int) {
        let note = saved[step]
        var parameters = states[1].parameters.mutableSpan
        var next = 0
        for range in objective.parametersRead {
            var part = parameters._mutatingExtracting(range)
            VectorLoops.scale(
                note.span.extracting(next..<next + range.count), by: 1, into: &part,
                accumulating: false)
            next += range.count
        }
    }

    /// Takes the adjoint back over a step.
    private mutating func reverse(_ step: Int, at slot: Int) {
        let optimizer = settings.optimizer
        let state = states[slot]
        let rates = rates
        var (adjoint, direction) = (OptimizerState<Scalar>(), [Scalar]())
        var rateAdjoint: [Scalar] = []
        swap(&adjoint, &self.adjoint)
        swap(&direction, &self.direction)
        swap(&rateAdjoint, &self.rateAdjoint)
        if optimizer.adjointNeedsGradient {
            objective.forEachGradientBlock(at: state.parameters, within: adaptedPart) {
                block, gradient in
                optimizer.pullBack(
                    &adjoint, to: &direction, from: state, in: block, gradient: gradient,
                    step: step, rates: rates, byRates: &rateAdjoint)
            }
        } else {
            let nothing: [Scalar] = []
            optimizer.pullBack(
                &adjoint, to: &direction, from: state, in: adaptedPart ?? 0..<direction.count,
                gradient: nothing.span, step: step, rates: rates, byRates: &rateAdjoint)
        }
        objective.multiplyHessian(
            by: direction, parameters: state.parameters, into: &adjoint.parameters)
        swap(&adjoint, &self.adjoint)
        swap(&direction, &self.direction)
        swap(&rateAdjoint, &self.rateAdjoint)
    }

    /// The query's loss and score and, with a weight, its gradient times that into the adjoint.
    private mutating func evaluateQuery(
        _ task: TaskSamples<Scalar>, at slot: Int, weight: Double?
    ) throws(MetaLearningError) {
        let batches = queryBatches(of: task)
        let order = Array(0..<task.query.count)
        let rows = max(1, queryRows / batches.size) * batches.size
        var loss = 0.0
        correctCount = 0
        predictions.removeAll(keepingCapacity: true)
        residuals = Residuals(outputs: task.query.targetWidth)
        let drops = weight != nil || settings.scoresWithDropout
        for start in stride(from: 0, to: order.count, by: rows) {
            let part = order[start..<min(start + rows, order.count)]
            objective.load(
                task.query, part, weighedBy: batches, times: weight ?? 1,
                masks: drops ? maskKey(1 << 32 + start, task) : nil)
            loss += Double(objective.run(parameters: states[slot].parameters))
            correctCount += objective.correctCount(task.query, part)
            if goal == .score { predictions += objective.predictedClasses(count: part.count) }
            if residuals.outputs > 0 { residuals.add(objective.logits, task.query, part) }
            if weight != nil {
                objective.addGradient(
                    to: &adjoint.parameters, parameters: states[slot].parameters)
            }
        }
        if weight != nil { gradientCount += batches.count }
        queryLoss = Scalar(weight.map { $0 > 0 ? loss / $0 : 0 } ?? loss)
        try check(queryLoss, "the query loss", task)
    }

    /// Names a draw of dropout's masks.
    private func maskKey(_ place: Int, _ task: TaskSamples<Scalar>) -> UInt64? {
        guard objective.hasMasks else { return nil }
        var generator = SeededGenerator(
            seed: settings.dropoutSeed, stream: "dropout of \(task.id), \(round), \(place)")
        return generator.next()
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
        if settings.optimizer.learnsRates { rateAdjoint = Array(repeating: 0, count: count) }
    }

    private mutating func load(_ step: Int, of task: TaskSamples<Scalar>) {
        let (epoch, batch) = step.quotientAndRemainder(dividingBy: supportBatches.count)
        let order = supportOrders[min(epoch, supportOrders.count - 1)]
        objective.load(
            task.support, order[supportBatches[batch]], weighedBy: supportBatches,
            masks: maskKey(step, task))
    }

    private func queryBatches(of task: TaskSamples<Scalar>) -> Minibatches {
        Minibatches(sampleCount: task.query.count, size: settings.queryBatchSize)
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
