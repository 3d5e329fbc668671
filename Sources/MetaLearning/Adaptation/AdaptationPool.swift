package import Autodiff
private import Parallel
private import Synchronization

/// Works on several tasks at once, on as many threads as wanted, with the same results for any
/// number of them.
///
/// Inner steps of one task follow each other, but a task is not bound to a thread: threads take
/// turns of a few steps at the task that has waited longest. Three tasks on two threads then
/// take the time of one and a half, not of two.
package final class AdaptationPool<Scalar: TensorScalar>: Sendable {
    /// How the model adapts.
    let settings: AdaptationSettings

    private let threads: Int
    private let runs: [WorkerSlot]

    /// Steps that a thread takes before it looks for a task that has waited longer.
    private static var turn: Int { 8 }

    /// Prepares a pool.
    ///
    /// - Parameters:
    ///   - network: The model.
    ///   - settings: How it adapts.
    ///   - tasksAtOnce: How many tasks are usually worked on together.
    ///   - threads: How many threads at most, at least 1.
    ///   - trajectoryBudget: What all trajectories together may take, in bytes.
    package init(
        network: any Network, settings: AdaptationSettings, tasksAtOnce: Int, threads: Int,
        trajectoryBudget: Int
    ) {
        precondition(threads >= 1 && tasksAtOnce >= 1, "needs a thread and a task")
        self.threads = threads
        self.settings = settings
        // One task more than threads, unless they divide evenly, lets every thread stay busy.
        let even = tasksAtOnce.isMultiple(of: min(threads, tasksAtOnce))
        let count = min(tasksAtOnce, even ? threads : threads + 1)
        runs = (0..<count).map { _ in
            WorkerSlot(
                AdaptationRun(
                    network: network, settings: settings, trajectoryBudget: trajectoryBudget / count
                ))
        }
    }

    /// What exact gradients of tasks that are worked on together will take.
    ///
    /// - Parameter supportCount: Windows of a task's support.
    /// - Returns: The trajectories' bytes, and inner steps taken over the trajectory's own.
    package func trajectory(supportCount: Int) -> (bytes: Int, recomputation: Double) {
        let (bytes, recomputation) = runs[0].run.withLock {
            $0.trajectory(supportCount: supportCount)
        }
        return (bytes * runs.count, recomputation)
    }

    /// Adapts to tasks.
    ///
    /// - Parameters:
    ///   - count: How many tasks.
    ///   - goal: What is wanted of each.
    ///   - initial: The parameters that each starts from.
    ///   - round: Which time this is, so that dropout differs from time to time.
    ///   - steps: How many inner steps, in place of what the settings say.
    ///   - load: Gives a task's samples; called once for each place below `count`, from any
    ///     thread.
    /// - Returns: The outcomes in the tasks' order.
    /// - Throws: The error of the first task, in that order, that failed.
    package func adapt(
        count: Int, goal: AdaptationGoal, initial: [Scalar], round: UInt64 = 0,
        steps: Int? = nil, load: @Sendable (Int) throws -> TaskSamples<Scalar>
    ) throws -> [AdaptationOutcome<Scalar>] {
        let queue = Mutex(WorkQueue<Scalar>(count: count, places: runs.count))
        let workers = min(threads, count)
        _ = concurrentMap(count: workers, threads: max(1, workers)) { _ in
            while let (place, start) = queue.withLock({ $0.take() }) {
                let result: Result<AdaptationOutcome<Scalar>?, any Error> = runs[place].run.withLock
                {
                    run in
                    do {
                        if let start {
                            run.begin(
                                try load(start), goal: goal, initial: initial, round: round,
                                steps: steps)
                        }
                        return .success(try run.advance(by: Self.turn))
                    } catch {
                        return .failure(error)
                    }
                }
                queue.withLock { $0.putBack(place, result) }
            }
        }
        return try queue.withLock { $0.outcomes }.map { outcome in
            guard let outcome else { preconditionFailure("a task was never finished") }
            return try outcome.get()
        }
    }

    /// Learns sequences of tasks; see ``SequentialFirstOrderMAML``.
    ///
    /// - Parameters:
    ///   - count: How many tasks, cut into sequences in their order.
    ///   - learner: How long sequences are and what counts.
    ///   - initial: The parameters that each sequence starts from.
    ///   - round: Which time this is.
    ///   - seed: Where random choices come from.
    ///   - load: Gives a task's samples.
    /// - Returns: The outcomes in the tasks' order.
    /// - Throws: The error of the first sequence that failed.
    package func adaptSequences(
        count: Int, learner: any MetaLearner, initial: [Scalar], round: UInt64, seed: UInt64,
        load: @Sendable (Int) throws -> TaskSamples<Scalar>
    ) throws -> [AdaptationOutcome<Scalar>] {
        let sequences = Minibatches(sampleCount: count, size: learner.sequenceLength)
        let adaptation = SequentialAdaptation<Scalar>(learner.afterEachTask, seed: seed)
        return try eachSequence(count: sequences.count) { index, run in
            try adaptation.adapt(
                try sequences[index].map(load), with: &run, initial: initial, round: round)
        }.flatMap(\.self)
    }

    /// Works on sequences of tasks, each by itself.
    ///
    /// - Parameters:
    ///   - count: How many sequences.
    ///   - work: Works on the sequence at a place; called from any thread.
    /// - Returns: What came of each, in order.
    /// - Throws: The error of a sequence that failed.
    func eachSequence<Result: Sendable>(
        count: Int, work: @Sendable (Int, inout AdaptationRun<Scalar>) throws -> Result
    ) throws -> [Result] {
        let workers = min(runs.count, threads, max(1, count))
        let parts = try concurrentMap(count: workers, threads: workers) { worker in
            try runs[worker].run.withLock { run in
                try stride(from: worker, to: count, by: workers).map { try work($0, &run) }
            }
        }
        return (0..<count).map { parts[$0 % workers][$0 / workers] }
    }

    private final class WorkerSlot: Sendable {
        let run: Mutex<AdaptationRun<Scalar>>

        init(_ run: AdaptationRun<Scalar>) {
            self.run = Mutex(run)
        }
    }
}

/// Which tasks are under way, and whose turn it is.
private struct WorkQueue<Scalar: TensorScalar>: Sendable {
    private(set) var outcomes: [Result<AdaptationOutcome<Scalar>, any Error>?]
    private var nextTask = 0
    private var taskAtPlace: [Int: Int] = [:]
    private var freePlaces: [Int]
    private var waiting: [Int] = []

    init(count: Int, places: Int) {
        outcomes = Array(repeating: nil, count: count)
        freePlaces = Array((0..<places).reversed())
    }

    /// The next place to work at, with the task to begin there when it is a new one.
    mutating func take() -> (place: Int, start: Int?)? {
        if nextTask < outcomes.count, let place = freePlaces.popLast() {
            taskAtPlace[place] = nextTask
            defer { nextTask += 1 }
            return (place, nextTask)
        }
        // Whoever works at the last tasks goes on with them: no thread has to wait.
        return waiting.isEmpty ? nil : (waiting.removeFirst(), nil)
    }

    mutating func putBack(
        _ place: Int, _ result: Result<AdaptationOutcome<Scalar>?, any Error>
    ) {
        switch result {
        case .success(.none):
            waiting.append(place)
            return
        case .success(.some(let outcome)): record(.success(outcome), at: place)
        case .failure(let error): record(.failure(error), at: place)
        }
    }

    private mutating func record(
        _ outcome: Result<AdaptationOutcome<Scalar>, any Error>, at place: Int
    ) {
        if let task = taskAtPlace.removeValue(forKey: place) { outcomes[task] = outcome }
        freePlaces.append(place)
    }
}
