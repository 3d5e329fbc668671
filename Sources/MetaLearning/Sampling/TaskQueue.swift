public import SeededRandom

/// A priority queue over cells of a space of tasks: each cell's last loss, the last change of it,
/// and how often it was drawn.
///
/// A cell is a task, or a range of task parameters. Before their first visit cells have random
/// losses and changes, so that all are drawn sooner or later.
public struct TaskQueue: Sendable {
    /// A cell that was drawn.
    public struct Draw: Sendable, Hashable {
        /// The cell, from 0.
        public let cell: Int
        /// What its task's loss weighs in the meta-step.
        public let weight: Double

        /// Creates a draw.
        ///
        /// - Parameters:
        ///   - cell: The cell, from 0.
        ///   - weight: What its task's loss weighs in the meta-step, above 0.
        public init(cell: Int, weight: Double = 1) {
            self.cell = cell
            self.weight = weight
        }
    }

    /// How tasks are drawn.
    package let regime: any SamplingRegime
    /// Each cell's last loss.
    public private(set) var losses: [Double]
    /// The last change of each cell's loss, without its sign.
    public private(set) var changes: [Double]
    /// How often each cell was drawn.
    public private(set) var counts: [Int]
    /// How likely a regime that falls from chance to choice draws at random, from 0 to 1.
    public var epsilon: Double

    /// Creates a queue.
    ///
    /// - Parameters:
    ///   - cellCount: How many cells there are, at least 1.
    ///   - regime: How tasks are drawn.
    ///   - generator: Where the losses and changes before the first visits come from.
    package init(
        cellCount: Int, regime: any SamplingRegime, from generator: inout SeededGenerator
    ) {
        precondition(cellCount >= 1, "a queue needs a cell")
        self.regime = regime
        losses = (0..<cellCount).map { _ in abs(generator.nearlyNormal()) }
        changes = (0..<cellCount).map { _ in 30 * abs(generator.nearlyNormal()) }
        counts = Array(repeating: 0, count: cellCount)
        epsilon = regime.initialEpsilon
    }

    /// Restores a queue.
    ///
    /// - Parameters:
    ///   - regime: How tasks are drawn.
    ///   - losses: Each cell's last loss.
    ///   - changes: The last change of each cell's loss.
    ///   - counts: How often each cell was drawn.
    ///   - epsilon: ε as it was.
    package init?(
        regime: any SamplingRegime, losses: [Double], changes: [Double], counts: [Int],
        epsilon: Double
    ) {
        guard
            !losses.isEmpty, losses.count == changes.count, losses.count == counts.count,
            (losses + changes).allSatisfy({ $0.isFinite && $0 >= 0 }),
            counts.allSatisfy({ $0 >= 0 }), (0...1).contains(epsilon)
        else { return nil }
        self.regime = regime
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
    package mutating func draw(step: Int, from generator: inout SeededGenerator) -> Draw {
        let regime = regime
        let draw = regime.draw(from: &self, step: step, using: &generator)
        counts[draw.cell] += 1
        return draw
    }

    /// Takes a loss in.
    ///
    /// - Parameters:
    ///   - loss: The query loss of the cell's task after adaptation, at least 0.
    ///   - cell: The cell.
    package mutating func insert(_ loss: Double, at cell: Int) {
        changes[cell] = abs(losses[cell] - loss)
        losses[cell] = loss
    }

    /// Spearman's rank correlation of how often cells were drawn with their losses; ties have
    /// their mean rank, and 0 stands for a queue whose counts or losses are all the same.
    package var correlation: Double {
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

    /// A cell of the largest loss; any of them when there are several.
    public func largest(using generator: inout SeededGenerator) -> Int {
        let maximum = losses.max() ?? 0
        let cells = losses.indices.filter { losses[$0] == maximum }
        return cells.count == 1 ? cells[0] : cells[generator.integer(below: cells.count)]
    }

    /// A cell in proportion to a weight, which weighs the inverse of its probability over that of an
    /// even draw.
    ///
    /// - Parameters:
    ///   - weights: A weight of at least 0 for each cell.
    ///   - generator: Where random numbers come from.
    /// - Returns: The cell with its weight.
    public func weighedCell(
        inProportionTo weights: [Double], using generator: inout SeededGenerator
    ) -> Draw {
        let (cell, probability) = cell(inProportionTo: weights, using: &generator)
        return Draw(cell: cell, weight: 1 / (Double(losses.count) * probability))
    }

    /// A cell in proportion to a weight; all the same when every weight is 0.
    ///
    /// - Parameters:
    ///   - weights: A weight of at least 0 for each cell.
    ///   - generator: Where random numbers come from.
    /// - Returns: The cell, and how likely it was.
    public func cell(
        inProportionTo weights: [Double], using generator: inout SeededGenerator
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
