package import Documents
private import SeededRandom

extension TrainingConfiguration.Studies {
    /// Sequences of test tasks that each method learns one after the other, to see what it forgets.
    package struct Sequences: Described, Hashable {
        /// Tasks of a sequence, from 2 to 1,000.
        package var length = 5
        /// How many sequences, from 1 to 10,000.
        package var count = 20
        /// What sequences are drawn from, apart from the seed of training.
        package var seed = SeededGenerator.defaultSeed

        /// Twenty sequences of five tasks.
        package init() {}

        /// Creates settings.
        package init(length: Int, count: Int) {
            self.length = length
            self.count = count
        }

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field("length", \.length, .integer(in: 2...1_000), "Tasks of a sequence."),
            Field(
                "count", \.count, .integer(in: 1...10_000),
                "How many sequences. They have no task in common as long as the test tasks are "
                    + "enough; else each is drawn of all."),
            Field(
                "seed", \.seed, .seed,
                "What sequences are drawn from; trainings with another `seed` of their own learn the "
                    + "same."),
        ]

        /// Draws the sequences.
        ///
        /// - Parameter count: How many tasks there are.
        /// - Returns: The places of each sequence's tasks, none twice in one; shorter sequences when
        ///   there are fewer tasks.
        package func draw(from count: Int) -> [[Int]] {
            var generator = SeededGenerator(seed: seed, stream: "sequences of tasks")
            guard !areApart(count) else {
                let order = generator.shuffled(Array(0..<count))
                return (0..<self.count).map { Array(order[$0 * length..<($0 + 1) * length]) }
            }
            return (0..<self.count).map { _ in
                Array(generator.shuffled(Array(0..<count)).prefix(length))
            }
        }

        /// Whether sequences of so many tasks have none in common.
        package func areApart(_ count: Int) -> Bool { length * self.count <= count }
    }
}
