package import Documents
package import SeededRandom

/// The cell of the largest loss, or any cell with a probability ε that falls.
package struct EpsilonGreedySampling: SamplingRegime, Hashable {
    /// How ε falls.
    package var epsilon = EpsilonAnnealing()

    /// From 1 to 0.1, as in MetaEMG (plarotta/meta-emg; arXiv 2403.13147).
    package init() {}

    /// Creates the regime.
    package init(epsilon: EpsilonAnnealing) { self.epsilon = epsilon }

    /// `epsilon_greedy`.
    package static let key = "epsilon_greedy"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "The largest loss, or any with probability epsilon."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field(
            object: "epsilon", \.epsilon,
            "How epsilon falls from start to end: by decay with each draw, after delay meta-steps.")
    ]

    /// Where it falls from.
    package var initialEpsilon: Double { epsilon.start }

    /// Draws a cell; see ``SamplingRegime``.
    package func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        let isRandom = generator.uniform() < queue.epsilon
        let cell =
            isRandom
            ? generator.integer(below: queue.losses.count) : queue.largest(using: &generator)
        if queue.epsilon > epsilon.end, step > epsilon.delay {
            queue.epsilon = max(epsilon.end, queue.epsilon - epsilon.decay)
        }
        return TaskQueue.Draw(cell: cell)
    }
}
