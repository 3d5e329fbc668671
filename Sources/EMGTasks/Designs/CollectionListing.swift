package import Documents
private import EMGSignal

/// One collection given task by task.
package struct CollectionListing: Described, Hashable {
    /// The collection's name.
    package var name: String
    /// Patterns of the tasks to train on; `nil` for all that are in no other list.
    package var train: [TaskPattern]?
    /// Patterns of the tasks to choose models by; `nil` for those that
    /// ``CollectionDesign/validation`` draws.
    package var validation: [TaskPattern]?
    /// Patterns of the tasks to evaluate on.
    package var test: [TaskPattern]

    /// Creates a listing.
    package init(
        name: String, train: [TaskPattern]?, validation: [TaskPattern]? = nil,
        test: [TaskPattern]
    ) {
        self.name = name
        self.train = train
        self.validation = validation
        self.test = test
    }

    /// A listing whose name is still to be set.
    package init() {
        self.init(name: "", train: nil, test: [])
    }

    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "name", \.name, nameFormat, "The collection's name, which can be a file's.",
            isRequired: true),
        Field(
            "train",
            schema: { .either([patterns.schema($0), .choice([remaining])]) },
            "The tasks to train on; `remaining`, or left out: all that are in no other list.",
            read: { cursor, listing throws(DocumentError) in
                let isRest = cursor.value.content == .string(remaining)
                listing.train = isRest ? nil : try patterns.read(cursor)
            },
            write: { $0.train.map(patterns.write) }),
        Field(
            "validation", schema: patterns.schema,
            "The tasks to choose models by; those that `design.validation` draws when left out.",
            read: { cursor, listing throws(DocumentError) in
                guard cursor.value.content != .string("test") else {
                    throw cursor.error(
                        expected: "tasks that are not tested on",
                        hint: "a model chosen on its test tasks is not tested")
                }
                listing.validation = try patterns.read(cursor)
            },
            write: { $0.validation.map(patterns.write) }),
        .list("test", \.test, .taskPatterns(), "The tasks to evaluate on."),
    ]

    private static let remaining = "remaining"
    private static let patterns = FieldFormat<[TaskPattern]>.taskPatterns()

    private static let nameFormat = FieldFormat<String>.name.mapped(
        { name, cursor throws(DocumentError) in
            guard isFileName(name) else { throw fault(of: cursor) }
            return name
        }, back: { $0 })

    /// What is wrong with a name.
    static func fault(of name: DocumentCursor) -> DocumentError {
        name.error(
            expected: "a name of its own that can be a file's",
            hint: "use 1 to 100 letters, digits, - and _")
    }

    private static func isFileName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".")
            && name.unicodeScalars.allSatisfy {
                !"/\\:".unicodeScalars.contains($0) && $0.properties.generalCategory != .control
                    && $0.properties.generalCategory != .format
            }
    }

    /// The collection.
    func fold(of input: DesignInput) throws(TaskError) -> DesignFold {
        var places: [String: String] = [:]
        func members(
            _ patterns: [TaskPattern], _ list: String
        ) throws(TaskError) -> [RecordingIdentity] {
            let found = try tasks(patterns, of: input, list: list)
            for task in found {
                guard let other = places.updateValue(list, forKey: task.id) else { continue }
                throw TaskError(
                    .inTwoSplits(task: task.id, one: other, other: list), subject: name,
                    hint: other == "test" && list == "validation"
                        ? "a model chosen on its test tasks is not tested: "
                            + "choose validation tasks among the training tasks"
                        : "what is tested on is neither trained nor validated on; "
                            + "\"train: remaining\" takes what is left")
            }
            return found
        }
        let test = try members(test, "test")
        let validation = try validation.map { (patterns) throws(TaskError) in
            try members(patterns, "validation")
        }
        let rest =
            try train.map { (patterns) throws(TaskError) in try members(patterns, "train") }
            ?? input.tasks.filter { places[$0.id] == nil }
        guard !rest.isEmpty || train?.isEmpty == true else {
            throw TaskError(
                .emptySplit("train"), subject: name,
                hint: "every recording it names was refused or left out")
        }
        guard !(rest.isEmpty && test.isEmpty && validation?.isEmpty != false) else {
            throw TaskError(
                .emptySplit("train, validation or test"), subject: name, hint: "name some tasks")
        }
        if let validation {
            return DesignFold(
                name: name, train: rest.map(\.id), validation: validation.map(\.id),
                test: test.map(\.id))
        }
        let (train, drawn) = try input.divide(rest, fold: name)
        return DesignFold(name: name, train: train, validation: drawn, test: test.map(\.id))
    }

    /// The usable tasks that patterns fit, each of which must fit something.
    private func tasks(
        _ patterns: [TaskPattern], of input: DesignInput, list: String
    ) throws(TaskError) -> [RecordingIdentity] {
        let index = TaskPatternIndex(patterns)
        if let pattern = index.firstUnfitting(input.tasks.map(\.id) + input.unusable) {
            throw TaskError(
                .unknownTask(pattern.text), subject: name,
                hint: "the \(list) list names a recording that the archive does not have")
        }
        return input.tasks.filter { index.fits($0.id) }
    }
}
