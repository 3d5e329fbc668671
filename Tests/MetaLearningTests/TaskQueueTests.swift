import MetaLearning
import SeededRandom
import Testing

@Suite("Task queues")
struct TaskQueueTests {
    private static func queue(
        _ regime: SamplingRegime, _ losses: [Double], changes: [Double]? = nil,
        epsilon: EpsilonAnnealing = EpsilonAnnealing()
    ) throws -> TaskQueue {
        try #require(
            TaskQueue(
                regime: regime, annealing: epsilon, losses: losses, changes: changes ?? losses,
                counts: Array(repeating: 0, count: losses.count), epsilon: epsilon.start))
    }

    @Test(
        "cells are drawn as often as their regime says",
        arguments: [
            (SamplingRegime.uniform, [0.25, 0.25, 0.25, 0.25]),
            (.lossWeighted, [0.1, 0.2, 0, 0.7]), (.importanceWeighted, [0.1, 0.2, 0, 0.7]),
            (.delta, [0.5, 0.25, 0.25, 0]), (.importanceDelta, [0.5, 0.25, 0.25, 0]),
            // ε = 1/2: the largest loss, or any.
            (.epsilonGreedy, [0.125, 0.125, 0.125, 0.625]),
        ])
    func shares(regime: SamplingRegime, expected: [Double]) throws {
        var annealing = EpsilonAnnealing()
        annealing.start = 0.5
        var queue = try Self.queue(
            regime, [1, 2, 0, 7], changes: [4, 2, 2, 0], epsilon: annealing)
        var generator = SeededGenerator(seed: 1)
        let draws = 40_000
        for _ in 0..<draws {
            let (cell, weight) = queue.draw(step: 0, from: &generator)
            let isWeighed = regime == .importanceWeighted || regime == .importanceDelta
            #expect(weight == (isWeighed ? 1 / (4 * expected[cell]) : 1))
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
        var queue = try Self.queue(.importanceWeighted, [0, 0, 0])
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<300 { #expect(queue.draw(step: 0, from: &generator).weight == 1) }
        #expect(queue.counts.allSatisfy { $0 > 60 })
    }

    @Test("ε falls once its delay is over, and stops at its end")
    func annealing() throws {
        var annealing = EpsilonAnnealing()
        (annealing.start, annealing.end, annealing.decay, annealing.delay) = (0.5, 0.2, 0.125, 3)
        var queue = try Self.queue(.epsilonGreedy, [1, 2], epsilon: annealing)
        var generator = SeededGenerator(seed: 3)
        let values = (0..<8).map { step in
            _ = queue.draw(step: step, from: &generator)
            return queue.epsilon
        }
        #expect(values == [0.5, 0.5, 0.5, 0.5, 0.375, 0.25, 0.2, 0.2])
    }

    @Test("a loss and its change are kept")
    func insertion() throws {
        var queue = try Self.queue(.delta, [1, 5])
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
                regime: .uniform, annealing: EpsilonAnnealing(), losses: [2, 4, 4, 9],
                changes: [0, 0, 0, 0], counts: [3, 1, 1, 0], epsilon: 1))
        #expect(abs(queue.correlation + 1) < 1e-15)
        let mixed = try #require(
            TaskQueue(
                regime: .uniform, annealing: EpsilonAnnealing(), losses: [1, 2, 3, 4, 5],
                changes: [0, 0, 0, 0, 0], counts: [2, 1, 4, 3, 5], epsilon: 1))
        #expect(abs(mixed.correlation - 0.8) < 1e-15)
        #expect(try Self.queue(.uniform, [1, 2]).correlation == 0)
    }

    @Test("impossible queues are refused")
    func refused() {
        let annealing = EpsilonAnnealing()
        for (losses, counts, epsilon) in [
            ([], [], 1), ([1, 2], [1], 1), ([.nan], [1], 1), ([-1], [0], 1), ([1], [-1], 1),
            ([1], [1], 2),
        ] as [([Double], [Int], Double)] {
            #expect(
                TaskQueue(
                    regime: .delta, annealing: annealing, losses: losses, changes: losses,
                    counts: counts, epsilon: epsilon) == nil)
        }
    }
}
