private import Foundation
public import SeededRandom

/// How tasks are drawn.
public enum SamplingRegime: String, Sendable, Hashable, CaseIterable {
    /// Every task once in an epoch, in random order.
    case shuffled
    /// Each cell as likely as any other.
    case uniform
    /// The cell of the largest loss, or any cell with a probability ε that falls.
    case epsilonGreedy = "epsilon_greedy"
    /// Cells in proportion to their last loss.
    case lossWeighted = "loss_weighted"
    /// The same, each task weighing the inverse of its probability.
    case importanceWeighted = "importance_weighted"
    /// Cells in proportion to the last change of their loss.
    case delta
    /// The same, each task weighing the inverse of its probability.
    case importanceDelta = "importance_delta"
}

/// How ε falls: by `decay` with every draw, once `delay` meta-steps have been taken.
public struct EpsilonAnnealing: Sendable, Hashable {
    /// ε at first.
    public var start = 1.0
    /// Where it stops.
    public var end = 0.1
    /// What it loses with each draw.
    public var decay = 1e-7
    /// Meta-steps before it begins to fall.
    public var delay = 10_000

    /// The settings of the field's reference program.
    public init() {}
}

/// A priority queue over cells of a space of tasks: each cell's last loss, the last change of it,
/// and how often it was drawn.
///
/// A cell is a task, or a range of task parameters. Before their first visit cells have random
/// losses and changes, so that all are drawn sooner or later.
public struct TaskQueue: Sendable, Hashable {
    /// How tasks are drawn.
    public let regime: SamplingRegime
    /// How ε falls.
    public let annealing: EpsilonAnnealing
    /// Each cell's last loss.
    public private(set) var losses: [Double]
    /// The last change of each cell's loss, without its sign.
    public private(set) var changes: [Double]
    /// How often each cell was drawn.
    public private(set) var counts: [Int]
    /// ε as it is now.
    public private(set) var epsilon: Double

    /// Creates a queue.
    ///
    /// - Parameters:
    ///   - cellCount: How many cells there are, at least 1.
    ///   - regime: How tasks are drawn.
    ///   - annealing: How ε falls.
    ///   - generator: Where the losses and changes before the first visits come from.
    public init(
        cellCount: Int, regime: SamplingRegime, annealing: EpsilonAnnealing = EpsilonAnnealing(),
        from generator: inout SeededGenerator
    ) {
        precondition(cellCount >= 1, "a queue needs a cell")
        self.regime = regime
        self.annealing = annealing
        losses = (0..<cellCount).map { _ in abs(generator.nearlyNormal()) }
        changes = (0..<cellCount).map { _ in 30 * abs(generator.nearlyNormal()) }
        counts = Array(repeating: 0, count: cellCount)
        epsilon = annealing.start
    }

    /// Restores a queue.
    ///
    /// - Parameters:
    ///   - regime: How tasks are drawn.
    ///   - annealing: How ε falls.
    ///   - losses: Each cell's last loss.
    ///   - changes: The last change of each cell's loss.
    ///   - counts: How often each cell was drawn.
    ///   - epsilon: ε as it was.
    public init?(
        regime: SamplingRegime, annealing: EpsilonAnnealing, losses: [Double], changes: [Double],
        counts: [Int], epsilon: Double
    ) {
        guard
            !losses.isEmpty, losses.count == changes.count, losses.count == counts.count,
            (losses + changes).allSatisfy({ $0.isFinite && $0 >= 0 }),
            counts.allSatisfy({ $0 >= 0 }), (0...1).contains(epsilon)
        else { return nil }
        self.regime = regime
        self.annealing = annealing
        self.losses = losses
        self.changes = changes
        self.counts = counts
        self.epsilon = epsilon
    }

    /// Draws a cell.
    ///
    /// - Parameters:
    ///   - step: Meta-steps taken so far.
    ///   - generator: Where random numbers come from.
    /// - Returns: The cell, and what its task's loss weighs in the meta-step.
    public mutating func draw(
        step: Int, from generator: inout SeededGenerator
    ) -> (cell: Int, weight: Double) {
        let (cell, weight): (Int, Double)
        switch regime {
        case .shuffled, .uniform: (cell, weight) = (generator.integer(below: losses.count), 1)
        case .epsilonGreedy:
            let isRandom = generator.uniform() < epsilon
            cell = isRandom ? generator.integer(below: losses.count) : largest(from: &generator)
            weight = 1
            if epsilon > annealing.end, step > annealing.delay {
                epsilon = max(annealing.end, epsilon - annealing.decay)
            }
        case .lossWeighted: (cell, weight) = (draw(by: losses, from: &generator).cell, 1)
        case .delta: (cell, weight) = (draw(by: changes, from: &generator).cell, 1)
        case .importanceWeighted:
            let drawn = draw(by: losses, from: &generator)
            (cell, weight) = (drawn.cell, 1 / (Double(losses.count) * drawn.probability))
        case .importanceDelta:
            let drawn = draw(by: changes, from: &generator)
            (cell, weight) = (drawn.cell, 1 / (Double(losses.count) * drawn.probability))
        }
        counts[cell] += 1
        return (cell, weight)
    }

    /// Takes a loss in.
    ///
    /// - Parameters:
    ///   - loss: The query loss of the cell's task after adaptation, at least 0.
    ///   - cell: The cell.
    public mutating func insert(_ loss: Double, at cell: Int) {
        changes[cell] = abs(losses[cell] - loss)
        losses[cell] = loss
    }

    /// Spearman's rank correlation of how often cells were drawn with their losses; ties have
    /// their mean rank, and 0 stands for a queue whose counts or losses are all the same.
    public var correlation: Double {
        let (first, second) = (Self.ranks(counts.map(Double.init)), Self.ranks(losses))
        let mean = Double(losses.count + 1) / 2
        var (product, left, right) = (0.0, 0.0, 0.0)
        for index in first.indices {
            product += (first[index] - mean) * (second[index] - mean)
            left += (first[index] - mean) * (first[index] - mean)
            right += (second[index] - mean) * (second[index] - mean)
        }
        return left > 0 && right > 0 ? product / (left * right).squareRoot() : 0
    }

    private func largest(from generator: inout SeededGenerator) -> Int {
        let maximum = losses.max() ?? 0
        let cells = losses.indices.filter { losses[$0] == maximum }
        return cells.count == 1 ? cells[0] : cells[generator.integer(below: cells.count)]
    }

    /// Draws a cell in proportion to a weight; all the same when every weight is 0.
    private func draw(
        by weights: [Double], from generator: inout SeededGenerator
    ) -> (cell: Int, probability: Double) {
        var sum = 0.0
        for weight in weights { sum += weight }
        guard sum > 0, sum.isFinite else {
            return (generator.integer(below: weights.count), 1 / Double(weights.count))
        }
        var rest = generator.uniform() * sum
        var last = 0
        for (cell, weight) in weights.enumerated() where weight > 0 {
            last = cell
            rest -= weight
            if rest < 0 { break }
        }
        return (last, weights[last] / sum)
    }

    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
            start = end
        }
        return ranks
    }
}
