package import SeededRandom

/// Draws the classes of a problem of so many ways, in the order of their new numbers.
package struct WayDraw: Sendable {
    /// How many classes a problem has.
    package let ways: Int
    /// The classes that training people have shown.
    package let known: [Int]
    /// Those that nobody in training has shown.
    package let new: [Int]

    /// Creates a draw.
    package init(ways: Int, known: [Int], new: [Int]) {
        self.ways = ways
        self.known = known
        self.new = new
    }

    /// The classes of a training person's problem.
    package func known(using generator: inout SeededGenerator) -> [Int] {
        Array(generator.shuffled(known).prefix(ways))
    }

    /// The classes of a new person's problem: those that nobody in training has shown, and others
    /// beside them when they are too few.
    package func asked(using generator: inout SeededGenerator) -> [Int] {
        let new = generator.shuffled(new).prefix(ways)
        let others = generator.shuffled(known).prefix(ways - new.count)
        return generator.shuffled(Array(new) + others)
    }
}
