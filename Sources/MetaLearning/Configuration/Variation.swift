package import Documents
private import SeededRandom
package import TaskDraws

extension TrainingConfiguration {
    /// How tasks are varied as a whole, so that what matters must be read off the support.
    package struct Variation: Described, Hashable {
        /// How training tasks are varied.
        package var train: [TaskVariationStep] = []
        /// How the tasks that are scored are varied: those of validation and test.
        package var evaluation: [TaskVariationStep] = []
        /// Whether training tasks are drawn anew in each meta-step and pass of pre-training.
        package var redraws = true
        /// What draws come from. It is not the seed of training, so that trainings with other
        /// seeds are tested on the same draws.
        package var seed = SeededGenerator.defaultSeed

        /// Nothing is varied.
        package init() {}

        /// Whether nothing is varied.
        var isEmpty: Bool { train.isEmpty && evaluation.isEmpty }

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(
                "train", \.train, .list(of: TaskVariationStep.format),
                "How training tasks are varied; pre-training sees their channels varied, not their "
                    + "classes and supports."),
            Field(
                "evaluation", \.evaluation, .list(of: TaskVariationStep.format),
                "How validation and test tasks are varied. Each has one draw, which depends on "
                    + "`seed` and its id alone."),
            Field(
                "redraw", \.redraws, .boolean,
                "Whether training tasks, their supports among them, are drawn anew in each "
                    + "meta-step and each pass of pre-training."),
            Field(
                "seed", \.seed, .seed,
                "What draws come from; trainings with another `seed` of their own have the same "
                    + "test draws."),
        ]

        /// What is varied, for the notes of a run.
        var summary: String {
            func names(_ steps: [TaskVariationStep]) -> String {
                steps.isEmpty ? "nothing" : steps.map(\.kind.name).joined(separator: ", ")
            }
            return
                "training tasks: \(names(train)) (\(redraws ? "drawn anew each time" : "drawn once")); "
                + "validation and test tasks: \(names(evaluation)) (seed \(seed))"
        }
    }
}
