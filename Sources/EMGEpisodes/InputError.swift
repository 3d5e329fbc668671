private import ErrorReports
private import PrintableText

/// Why a model cannot be used on a collection.
package struct InputError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// The collection gives another input than the model was made for.
        case differs([InputDifference])
        /// The model has seen what it would be scored on.
        case seen([SeenTask])
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind
    /// The model: a file or a run.
    package let location: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: The model: a file or a run.
    package init(_ kind: Kind, at location: String) {
        self.kind = kind
        self.location = location
    }

    /// How many tasks of each extent a message names.
    private static let namedTasks = 5

    /// What to do; for several differences, about the first of them.
    package var hint: String {
        switch kind {
        case .differs(let differences): differences.first?.hint ?? ""
        case .seen:
            "score other people with --split or another collection, or add --allow-seen, "
                + "and the table says it; if one name is two people, give one of them another"
        }
    }

    /// The model, each fault in a sentence with both sides, and what to do.
    package var description: String {
        let place = location.printable(limit: 1_000)
        switch kind {
        case .differs(let differences):
            return place + ": "
                + differences.map { "\($0)\n  hint: \($0.hint.printable(limit: 1_000))" }
                .joined(separator: "\n")
        case .seen(let tasks):
            let summary = SeenTask.summary(of: tasks, naming: Self.namedTasks)
            return "\(place): \(summary)\n  hint: \(hint)"
        }
    }
}
