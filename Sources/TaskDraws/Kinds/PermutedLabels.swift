package import Documents
package import SeededRandom

/// Classes that are called by each other's names, so that only the support says which is which.
package struct PermutedLabels: TaskVariation {
    /// Creates a variation.
    package init() {}

    /// The name in documents.
    package static let key = "permuted_labels"
    /// What it is.
    package static let documentation =
        "Classes have each other's labels in support and query, so that only the support says "
        + "which is which."
    /// The members.
    package static let fields: Fields<Self> = []

    /// Draws an order of the classes.
    package func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        guard task.classCount > 1 else { return }
        let order = generator.shuffled(Array(0..<task.classCount))
        draw.labels = draw.labels.isEmpty ? order : draw.labels.map { order[$0] }
    }
}
