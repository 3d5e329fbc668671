package import Documents

extension TrainingConfiguration {
    /// What is studied on the test tasks besides the configured fine-tuning.
    package struct Studies: Described, Hashable {
        /// Numbers of fine-tuning steps, from 0 to 100,000, after which the methods are compared;
        /// each method takes as many, round the support.
        package var convergence: [Int] = []
        /// Fractions of each class's support windows, from 10⁻⁶ to 1, on which the methods are
        /// compared: the first ones of each class, at least one. The number of steps is that of
        /// the whole support.
        package var support: [Double] = []
        /// Sequences of test tasks that the methods learn one after the other; `nil` for none.
        package var sequences: Sequences?

        /// No studies.
        package init() {}

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(
                "convergence", \.convergence, .steps,
                "Numbers of fine-tuning steps after which the methods are compared; steps go round "
                    + "the support."),
            Field(
                "support", \.support, .set(of: .number(in: 1e-6...1), noun: "share"),
                "Fractions of each class's support windows on which the methods are compared: the "
                    + "first windows of each class, at least one. Steps are as many as on the "
                    + "whole support."),
            // Left out when nothing is said, so that runs from before keep their identity.
            Field(
                optional: "sequences", \.sequences, .object(),
                "Sequences of test tasks that each method learns one after the other; after each "
                    + "task it is scored on all before. None when left out.", absence: .leftOut),
        ]
    }
}

extension FieldFormat<[Int]> {
    /// Numbers of fine-tuning steps, each once.
    static var steps: FieldFormat { .set(of: .integer(in: 0...100_000), noun: "number") }
}
