import Autodiff
private import SeededRandom

/// First-order gradients of a sequence of tasks that are learned one after the other.
struct SequentialAdaptation<Scalar: TensorScalar>: Sendable {
    private let afterEachTask: AfterEachTask
    private let seed: UInt64

    init(_ afterEachTask: AfterEachTask, seed: UInt64) {
        self.afterEachTask = afterEachTask
        self.seed = seed
    }

    /// Learns a sequence.
    ///
    /// Each task's optimizer starts anew. The gradient is the mean over the tasks of their query
    /// gradients at the sequence's end, and the mean of those asked for after each task besides;
    /// the first outcome has what the others do not account for.
    ///
    /// - Parameters:
    ///   - tasks: The sequence.
    ///   - run: Does the work.
    ///   - initial: The parameters that the first task starts from.
    ///   - round: Which time this is.
    /// - Returns: Each task's outcome after the whole sequence.
    /// - Throws: ``MetaLearningError`` when a loss is not finite.
    func adapt(
        _ tasks: [TaskSamples<Scalar>], with run: inout AdaptationRun<Scalar>, initial: [Scalar],
        round: UInt64
    ) throws(MetaLearningError) -> [AdaptationOutcome<Scalar>] {
        var parameters = initial
        var extra: [(gradient: [Scalar], weight: Double)] = []
        var generator = SeededGenerator(
            seed: seed, stream: "sequence of \(tasks.first?.id ?? ""), \(round)")
        var supportLosses: [[Scalar]] = []
        for (place, task) in tasks.enumerated() {
            let step = try work(on: task, .parameters, from: parameters, round, &run)
            supportLosses.append(step.supportLosses)
            parameters = run.adapted
            let evaluated: [Int] =
                switch afterEachTask {
                case .none: []
                case .own: [place]
                case .sampled: [generator.integer(below: place + 1)]
                case .all: Array(0..<place + 1)
                }
            for other in evaluated {
                let outcome = try work(
                    on: tasks[other], .firstOrderGradient, from: parameters, round, &run, steps: 0)
                extra.append(
                    (outcome.gradient, 1 / Double(tasks.count * evaluated.count)))
            }
        }
        var outcomes: [AdaptationOutcome<Scalar>] = []
        for task in tasks {
            var outcome = try work(
                on: task, .firstOrderGradient, from: parameters, round, &run, steps: 0)
            let share = Scalar(1 / Double(tasks.count))
            for index in outcome.gradient.indices { outcome.gradient[index] *= share }
            outcomes.append(outcome.after(supportLosses[outcomes.count]))
        }
        for (gradient, weight) in extra {
            Elements.add(gradient, times: Scalar(weight), to: &outcomes[0].gradient)
        }
        return outcomes
    }

    private func work(
        on task: TaskSamples<Scalar>, _ goal: AdaptationGoal, from parameters: [Scalar],
        _ round: UInt64, _ run: inout AdaptationRun<Scalar>, steps: Int? = nil
    ) throws(MetaLearningError) -> AdaptationOutcome<Scalar> {
        run.begin(task, goal: goal, initial: parameters, round: round, steps: steps)
        return try run.finish()
    }
}

extension AdaptationOutcome {
    /// The outcome with the support losses of an adaptation before it.
    fileprivate func after(_ losses: [Scalar]) -> Self {
        var total = cost
        total.gradientCount += losses.count
        return Self(
            id: id, supportLosses: losses, query: query, gradient: gradient, cost: total)
    }
}
