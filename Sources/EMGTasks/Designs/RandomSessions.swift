package import Documents
private import EMGSignal
private import SeededRandom

/// Collections with so many sessions drawn to train on, each size repeated, with fixed test tasks.
package struct RandomSessions: DesignRule {
    /// How many sessions train, each size at least 1.
    package var sizes: [Int]
    /// How often sessions are drawn for each size, at least once.
    package var repetitions: Int
    /// Patterns of the tasks that are tested on.
    package var test: [TaskPattern]

    /// Creates a design.
    package init(sizes: [Int], repetitions: Int, test: [TaskPattern]) {
        self.sizes = sizes
        self.repetitions = repetitions
        self.test = test
    }

    /// A design whose sizes and test tasks are still to be set.
    package init() {
        self.init(sizes: [], repetitions: 1, test: [])
    }

    /// The name in documents.
    package static let key = "random_sessions"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Collections with so many sessions drawn to train on, with fixed test tasks."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "test", \.test, .taskPatterns(atLeastOne: true), "The tasks tested (patterns of ids).",
            isRequired: true),
        Field(
            "sizes", \.sizes, .sizes, "How many sessions train; each size in turn.",
            isRequired: true),
        Field(
            "repetitions", \.repetitions, .integer(in: 1...1_000),
            "How often sessions are drawn for each size."),
    ]

    /// `sessions-3-repetition-1` and so on.
    package func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        for pattern in test where !input.tasks.contains(where: { pattern.fits($0.id) }) {
            throw TaskError(
                .unknownTask(pattern.text), subject: input.subject,
                hint: "no usable recording has such an id")
        }
        func isTest(_ task: RecordingIdentity) -> Bool { test.contains { $0.fits(task.id) } }
        let sessions = Set(
            input.tasks.filter { !isTest($0) }.map { "\($0.patient)/\($0.session)" }
        ).sorted(by: NaturalOrder.precedes)
        var folds: [DesignFold] = []
        for size in sizes {
            guard size <= sessions.count else {
                throw TaskError(
                    .tooFew(
                        what: "sessions to train on", expected: size, found: sessions.count),
                    subject: input.subject, hint: "ask for fewer sessions in \"design.sizes\"")
            }
            for repetition in 1...repetitions {
                try input.checkRoom(for: folds)
                let name = "sessions-\(size)-repetition-\(repetition)"
                var generator = SeededGenerator(seed: input.seed, stream: "design.\(name)")
                let drawn = Set(generator.shuffled(sessions).prefix(size))
                let members = input.tasks.filter {
                    isTest($0) || drawn.contains("\($0.patient)/\($0.session)")
                }
                folds.append(try input.fold(name, of: members, isTest: isTest))
            }
        }
        return folds
    }
}

extension DesignRule where Self == RandomSessions {
    /// Collections with so many sessions drawn to train on, each size repeated, with fixed test
    /// tasks.
    package static func randomSessions(
        sizes: [Int], repetitions: Int, test: [TaskPattern]
    ) -> RandomSessions {
        RandomSessions(sizes: sizes, repetitions: repetitions, test: test)
    }
}
