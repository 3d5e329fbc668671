package import Documents
private import EMGSignal

/// One collection in which some conditions test and all others train; or one for each condition.
package struct CrossCondition: DesignRule {
    /// Patterns of the conditions that test together; each by itself when empty.
    package var test: [String]

    /// Creates a design.
    package init(test: [String]) {
        self.test = test
    }

    /// Tests each condition by itself.
    package init() {
        self.init(test: [])
    }

    /// The name in documents.
    package static let key = "cross_condition"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Some conditions test and all others train."
    /// The members.
    package static let fields: Fields<Self> = [
        .names(
            "test", \.test,
            "These conditions (patterns) together, in one collection; a collection for each "
                + "condition when left out.")
    ]

    /// `cross-condition`, or `test-131` and so on.
    package func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        func fits(_ task: RecordingIdentity, _ pattern: String) -> Bool {
            NamePattern.matches(task.condition, pattern: pattern)
        }
        guard test.isEmpty else {
            for pattern in test where !input.tasks.contains(where: { fits($0, pattern) }) {
                throw TaskError(
                    .unknownTask(pattern), subject: input.subject,
                    hint: "no usable recording has this condition")
            }
            return [
                try input.fold("cross-condition") { task in test.contains { fits(task, $0) } }
            ]
        }
        return try Set(input.tasks.map(\.condition)).sorted(by: NaturalOrder.precedes)
            .mapThrowing { (condition) throws(TaskError) in
                try input.fold("test-\(condition)") { $0.condition == condition }
            }
    }
}

extension DesignRule where Self == CrossCondition {
    /// These conditions (patterns) test and all others train; when empty, each in turn.
    package static func crossCondition(test: [String]) -> CrossCondition {
        CrossCondition(test: test)
    }
}
