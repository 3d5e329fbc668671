package import Documents
private import SeededRandom

/// A variation of tasks, and what has a draw of its own: each task or each person.
package struct TaskVariationStep: KindHolder, Hashable {
    /// What a draw is for.
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        /// Each task by itself.
        case task
        /// All tasks of a person alike: those with the same text before the first slash of their
        /// ids.
        case person
    }

    /// How a task is varied.
    @KindValue package var kind: any TaskVariation
    /// What has a draw of its own.
    package var subject: Subject

    /// Creates a step.
    ///
    /// - Parameters:
    ///   - kind: How a task is varied.
    ///   - subject: What has a draw of its own.
    package init(_ kind: any TaskVariation, per subject: Subject = .task) {
        self.kind = kind
        self.subject = subject
    }

    /// Creates a step that draws for each task.
    package init(kind: any TaskVariation) { self.init(kind) }

    /// The library's variations.
    package static var registry: Registry<any TaskVariation> { .standard }
    /// The member that names the kind.
    package static let tag = "kind"
    /// The kind must be named.
    package static let standardKind: String? = nil
    /// The variation.
    package var describedKind: any DescribedKind { kind }

    /// The members beside those of the kind.
    package static let ownFields: Fields<Self> = [
        Field(
            "per", \.subject, .choice,
            "What has a draw of its own: each task, or each person (all their tasks alike).")
    ]
}

extension [TaskVariationStep] {
    /// Draws for a task.
    ///
    /// What is drawn depends on the arguments alone: not on other tasks, their number or order, nor
    /// on what was drawn before.
    ///
    /// - Parameters:
    ///   - task: What the task is.
    ///   - id: Its id, such as `patient/session/condition`.
    ///   - seed: What random choices are drawn from.
    ///   - round: Which time the task is drawn; empty for a draw that is always the same.
    /// - Returns: The draw; nothing is varied without steps.
    package func draw(
        of task: TaskShape, id: String, seed: UInt64, round: String = ""
    ) -> TaskDraw {
        var draw = TaskDraw()
        var counts: [String: Int] = [:]
        for step in self {
            let name = step.kind.name
            counts[name, default: 0] += 1
            let subject = step.subject == .person ? String(id.prefix { $0 != "/" }) : id
            var generator = SeededGenerator(
                seed: seed,
                stream: "task variation \(name) \(counts[name, default: 1]) of \(subject)"
                    + (round.isEmpty ? "" : ", \(round)"))
            step.kind.vary(&draw, of: task, using: &generator)
        }
        return draw
    }
}
