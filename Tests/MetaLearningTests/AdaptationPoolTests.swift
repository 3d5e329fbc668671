import Autodiff
import MetaLearning
import Synchronization
import Testing

@Suite("Several tasks at once")
struct AdaptationPoolTests {
    struct Failure: Error, Equatable { let task: Int }

    private static func pool(
        threads: Int, tasksAtOnce: Int = 5, budget: Int = 1 << 20
    ) -> AdaptationPool<Double> {
        AdaptationPool(
            network: SmallNetwork.network,
            settings: AdaptationSettings(
                optimizer: .adam(InnerAdam(learningRate: 0.05)), epochs: 6, batchSize: 4,
                queryBatchSize: 4),
            tasksAtOnce: tasksAtOnce, threads: threads, trajectoryBudget: budget)
    }

    private static func task(_ index: Int) -> TaskSamples<Double> {
        TaskSamples(
            id: "task\(index)",
            support: SmallNetwork.samples(8 + 3 * index, 0.37 + Double(index), 0.91),
            query: SmallNetwork.samples(5 + index, 0.53, 0.29 + Double(index)))
    }

    @Test(
        "outcomes are in the tasks' order with the same bits for any number of threads",
        arguments: [1, 2, 3, 4, 8], [AdaptationGoal.exactGradient, .score])
    func threads(count: Int, goal: AdaptationGoal) throws {
        let alone = try Self.pool(threads: 1).adapt(
            count: 7, goal: goal, initial: SmallNetwork.initial, load: Self.task)
        let together = try Self.pool(threads: count, budget: 40_000).adapt(
            count: 7, goal: goal, initial: SmallNetwork.initial, load: Self.task)
        #expect(together.map(\.id) == (0..<7).map { "task\($0)" })
        #expect(together.map(\.gradient) == alone.map(\.gradient))
        #expect(together.map(\.query.loss) == alone.map(\.query.loss))
        #expect(together.map(\.query.correctCount) == alone.map(\.query.correctCount))
    }

    @Test("each task is read once")
    func loads() throws {
        let loaded = Mutex<[Int]>([])
        _ = try Self.pool(threads: 3).adapt(
            count: 6, goal: .score, initial: SmallNetwork.initial
        ) { index in
            loaded.withLock { $0.append(index) }
            return Self.task(index)
        }
        #expect(loaded.withLock { $0 }.sorted() == Array(0..<6))
    }

    @Test("the error of the first task that failed is thrown", arguments: [1, 2, 4])
    func failures(threads: Int) {
        #expect(throws: Failure(task: 2)) {
            _ = try Self.pool(threads: threads).adapt(
                count: 6, goal: .exactGradient, initial: SmallNetwork.initial
            ) { index in
                guard index != 2 && index != 4 else { throw Failure(task: index) }
                return Self.task(index)
            }
        }
    }

    @Test("no tasks give no outcomes")
    func nothing() throws {
        #expect(
            try Self.pool(threads: 2).adapt(
                count: 0, goal: .score, initial: SmallNetwork.initial, load: Self.task
            ).isEmpty)
    }

    @Test("all trajectories together stay within the budget")
    func budget() {
        for threads in 1...4 {
            let pool = Self.pool(threads: threads, budget: 60_000)
            let (bytes, recomputation) = pool.trajectory(supportCount: 40)
            #expect(bytes <= 60_000)
            #expect(recomputation >= 1)
        }
    }
}
