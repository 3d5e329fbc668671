import MetaLearning
import SeededRandom
import Testing

@Suite("Task queues")
struct TaskQueueTests {
    private static func queue(
        _ regime: any SamplingRegime, _ losses: [Double], changes: [Double]? = nil
    ) throws -> TaskQueue {
        try #require(
            TaskQueue(
                regime: regime, losses: losses, changes: changes ?? losses,
                counts: Array(repeating: 0, count: losses.count), epsilon: regime.initialEpsilon))
    }

    private static func greedy(
        _ change: (inout EpsilonAnnealing) -> Void
    ) -> EpsilonGreedySampling {
        var annealing = EpsilonAnnealing()
        change(&annealing)
        return EpsilonGreedySampling(epsilon: annealing)
    }

    @Test(
        "cells are drawn as often as their regime says",
        arguments: [
            (UniformSampling(), [0.25, 0.25, 0.25, 0.25]),
            (LossWeightedSampling(), [0.1, 0.2, 0, 0.7]),
            (ImportanceWeightedSampling(), [0.1, 0.2, 0, 0.7]),
            (DeltaSampling(), [0.5, 0.25, 0.25, 0]),
            (ImportanceDeltaSampling(), [0.5, 0.25, 0.25, 0]),
            // ε = 1/2: the largest loss, or any.
            (greedy { $0.start = 0.5 }, [0.125, 0.125, 0.125, 0.625]),
        ] as [(any SamplingRegime, [Double])])
    func shares(regime: any SamplingRegime, expected: [Double]) throws {
        var queue = try Self.queue(regime, [1, 2, 0, 7], changes: [4, 2, 2, 0])
        var generator = SeededGenerator(seed: 1)
        let draws = 40_000
        for _ in 0..<draws {
            let draw = queue.draw(step: 0, from: &generator)
            let isWeighed =
                regime is ImportanceWeightedSampling || regime is ImportanceDeltaSampling
            #expect(draw.weight == (isWeighed ? 1 / (4 * expected[draw.cell]) : 1))
        }
        #expect(queue.counts.reduce(0, +) == draws)
        for (count, share) in zip(queue.counts, expected) {
            // Five standard deviations.
            let spread = (Double(draws) * share * (1 - share)).squareRoot()
            #expect(abs(Double(count) - Double(draws) * share) <= 5 * spread)
        }
    }

    @Test("a queue of zeros is drawn from evenly, without infinite weights")
    func zeros() throws {
        var queue = try Self.queue(ImportanceWeightedSampling(), [0, 0, 0])
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<300 { #expect(queue.draw(step: 0, from: &generator).weight == 1) }
        #expect(queue.counts.allSatisfy { $0 > 60 })
    }

    @Test("ε falls once its delay is over, and stops at its end")
    func annealing() throws {
        let regime = Self.greedy {
            ($0.start, $0.end, $0.decay, $0.delay) = (0.5, 0.2, 0.125, 3)
        }
        var queue = try Self.queue(regime, [1, 2])
        var generator = SeededGenerator(seed: 3)
        let values = (0..<8).map { step in
            _ = queue.draw(step: step, from: &generator)
            return queue.epsilon
        }
        #expect(values == [0.5, 0.5, 0.5, 0.5, 0.375, 0.25, 0.2, 0.2])
    }

    @Test("a loss and its change are kept")
    func insertion() throws {
        var queue = try Self.queue(DeltaSampling(), [1, 5])
        queue.insert(3, at: 1)
        #expect(queue.losses == [1, 3] && queue.changes == [1, 2])
        queue.insert(7, at: 1)
        #expect(queue.losses == [1, 7] && queue.changes == [1, 4])
    }

    /// By hand: opposite orders, and Σd² = 4 over five ranks.
    @Test("the rank correlation is Spearman's, with mean ranks for ties")
    func correlation() throws {
        let queue = try #require(
            TaskQueue(
                regime: UniformSampling(), losses: [2, 4, 4, 9],
                changes: [0, 0, 0, 0], counts: [3, 1, 1, 0], epsilon: 1))
        #expect(abs(queue.correlation + 1) < 1e-15)
        let mixed = try #require(
            TaskQueue(
                regime: UniformSampling(), losses: [1, 2, 3, 4, 5],
                changes: [0, 0, 0, 0, 0], counts: [2, 1, 4, 3, 5], epsilon: 1))
        #expect(abs(mixed.correlation - 0.8) < 1e-15)
        #expect(try Self.queue(UniformSampling(), [1, 2]).correlation == 0)
    }

    @Test("impossible queues are refused")
    func refused() {
        for (losses, counts, epsilon) in [
            ([], [], 1), ([1, 2], [1], 1), ([.nan], [1], 1), ([-1], [0], 1), ([1], [-1], 1),
            ([1], [1], 2),
        ] as [([Double], [Int], Double)] {
            #expect(
                TaskQueue(
                    regime: DeltaSampling(), losses: losses, changes: losses, counts: counts,
                    epsilon: epsilon) == nil)
        }
    }
}
