package import Documents
private import SeededRandom

extension TrainingConfiguration {
    /// N-way K-shot episodes: a few classes of a task, numbered anew, with a few windows of each.
    package struct FewShot: Described, Hashable {
        /// Where windows of an episode come from.
        package enum Windows: String, Sendable, Hashable, CaseIterable {
            /// Shots from the task's support, queries from its query.
            case parts
            /// Both from all windows of the task, apart by the collection's guard.
            case together
        }

        /// How many classes an episode has.
        package var ways = 3
        /// How many support windows of each class.
        package var shots = 1
        /// How many query windows of each class; `nil` for all there are.
        package var queries: Int? = 15
        /// Where windows come from.
        package var windows = Windows.parts
        /// Classes that no training episode has and of which test episodes are; test episodes are of
        /// all classes when there are none.
        package var heldOut: [String] = []
        /// Classes of which validation episodes are, and no training episode; those of training when
        /// there are none.
        package var validation: [String] = []
        /// How many episodes of each validation and test task are scored.
        package var episodes = 1
        /// What episodes that are scored are drawn from, apart from the seed of training.
        package var seed = SeededGenerator.defaultSeed

        /// Three ways, one shot.
        package init() {}

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(
                "ways", \.ways, .integer(in: 2...256), "How many classes an episode has.",
                isRequired: true),
            Field(
                "shots", \.shots, .integer(in: 1...100_000),
                "How many support windows of each class.", isRequired: true),
            Field(
                optional: "queries", \.queries, .integer(in: 1...100_000),
                "How many query windows of each class; all there are with null."),
            Field(
                "windows", \.windows, .choice,
                "`parts`: shots come from a task's support, queries from its query; `together`: both "
                    + "from all its windows, apart by the collection's guard."),
            Field(
                "held_out", \.heldOut, .set(of: .name, noun: "class"),
                "Classes that no training episode has; test episodes are of them alone. Test episodes "
                    + "are of all classes when left out."),
            Field(
                "validation", \.validation, .set(of: .name, noun: "class"),
                "Classes that no training episode has either; validation episodes are of them alone. "
                    + "Validation episodes are of the classes of training when left out."),
            Field(
                "episodes", \.episodes, .integer(in: 1...10_000),
                "How many episodes of each validation and test task are scored."),
            Field(
                "seed", \.seed, .seed,
                "What episodes that are scored are drawn from; trainings with another `seed` of their "
                    + "own are tested on the same."),
        ]

        /// Refuses classes that are for two purposes.
        package func check(_ object: DocumentObject) throws(DocumentError) {
            guard let name = validation.first(where: heldOut.contains),
                let place = object.optional("validation")
            else { return }
            throw place.error(
                expected: "classes that are not held out for testing", found: "\"\(name)\"",
                hint: "what models are chosen by cannot be what they are evaluated on")
        }

        /// What a reader of the numbers must know.
        package var summary: String {
            "Episodes of \(ways) ways and \(shots) \(shots == 1 ? "shot" : "shots"), "
                + "\(queries.map { "\($0) queries a class" } ?? "all queries")"
                + (heldOut.isEmpty
                    ? "" : "; held out for testing: \(heldOut.joined(separator: ", "))")
                + (episodes > 1 ? "; \(episodes) episodes of each task are scored" : "")
                + ". Classes are numbered anew in each episode; pre-training knows the true classes "
                + "of training and gets a new last layer."
        }
    }
}
