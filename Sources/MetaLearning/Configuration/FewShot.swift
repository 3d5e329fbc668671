package import Documents
private import SeededRandom

extension TrainingConfiguration {
    /// N-way K-shot episodes: a few classes, numbered anew, with a few windows of each; of a
    /// regression a few rows of a task.
    package struct FewShot: Described, Hashable {
        /// Where windows of an episode come from.
        package enum Windows: String, Sendable, Hashable, CaseIterable {
            /// Shots from the task's support, queries from its query.
            case parts
            /// Both from all windows of the task, apart by the collection's guard.
            case together
        }

        /// Which classes an episode may have together.
        package enum Scope: String, Sendable, Hashable, CaseIterable {
            /// Any.
            case all
            /// Those of one group, such as the characters of one alphabet.
            case group
        }

        /// How many classes an episode has; `nil` for a regression, which has none.
        package var ways: Int?
        /// How many support windows of each class.
        package var shots = 1
        /// How many query windows of each class; `nil` for all there are.
        package var queries: Int? = 15
        /// The same of training episodes; `nil` for as many as ``shots``.
        package var trainingShots: Int?
        /// How many query windows of each class training episodes have; `nil` for as many as
        /// ``queries``.
        package var trainingQueries: Int?
        /// Where windows come from.
        package var windows = Windows.parts
        /// Classes that no training episode has and of which test episodes are; test episodes are of
        /// all classes when there are none.
        package var heldOut: [String] = []
        /// Classes of which validation episodes are, and no training episode; those of training when
        /// there are none.
        package var validation: [String] = []
        /// Which classes an episode may have together.
        package var within = Scope.all
        /// Training episodes of a meta-epoch, of collections that have classes and no tasks; `nil`
        /// for ``standardTasks``.
        package var tasks: Int?
        /// How many episodes of each test task are scored, or of all test classes together.
        package var episodes = 1
        /// The same of validation; `nil` for as many as ``episodes``.
        package var validationEpisodes: Int?
        /// What episodes that are scored are drawn from, apart from the seed of training.
        package var seed = SeededGenerator.defaultSeed

        /// Training episodes of a meta-epoch when nothing is said.
        package static let standardTasks = 100

        /// One shot.
        package init() {}

        /// How many episodes of each task of a split are scored.
        package func episodes(in split: EpisodeSplit) -> Int {
            split == .validation ? validationEpisodes ?? episodes : episodes
        }

        /// How many support windows of each class an episode of a split has.
        package func shots(in split: EpisodeSplit) -> Int {
            split == .train ? trainingShots ?? shots : shots
        }

        /// How many query windows of each class an episode of a split has; `nil` for all there are.
        package func queries(in split: EpisodeSplit) -> Int? {
            split == .train ? trainingQueries ?? queries : queries
        }

        /// How many windows of each class an episode of a split needs at least.
        package func neededWindows(in split: EpisodeSplit) -> Int {
            shots(in: split) + (queries(in: split) ?? 1)
        }

        /// What a model of episodes puts out.
        package static func wayNames(_ count: Int) -> [String] {
            (0..<count).map { "way \($0 + 1)" }
        }

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(
                optional: "ways", \.ways, .integer(in: 2...256),
                "How many classes an episode has; left out for a regression.", absence: .leftOut),
            Field(
                "shots", \.shots, .integer(in: 1...100_000),
                "How many support windows of each class; support rows of a regression.",
                isRequired: true),
            Field(
                optional: "queries", \.queries, .integer(in: 1...100_000),
                "How many query windows of each class, or query rows of a regression; all there are "
                    + "with null."),
            Field(
                optional: "training_shots", \.trainingShots, .integer(in: 1...100_000),
                "The shots of training episodes; as many as `shots` when left out. Reptile learns one "
                    + "shot best from several.", absence: .leftOut),
            Field(
                optional: "training_queries", \.trainingQueries, .integer(in: 1...100_000),
                "The queries of training episodes; as many as `queries` when left out.",
                absence: .leftOut),
            Field(
                "windows", \.windows, .choice,
                "`parts`: shots come from a task's support, queries from its query; `together`: both "
                    + "from all its windows, apart by the collection's guard. Arrays have no parts: "
                    + "both come from all samples of a class."),
            // What EMG collections do not have is written when it says something, so that runs from
            // before keep their identity.
            Field(
                "within", \.within, .choice,
                "Which classes an episode may have together: `all`, or those of one `group` of an "
                    + "array collection, such as the characters of one alphabet."
            ).written { $0.within != .all },
            Field(
                optional: "tasks", \.tasks, .integer(in: 1...1_000_000),
                "Training episodes of a meta-epoch, each drawn anew, of an array collection; "
                    + "\(standardTasks) when left out. The tasks of an EMG collection are its training "
                    + "episodes.", absence: .leftOut),
            Field(
                "held_out", \.heldOut, .set(of: .name, noun: "class"),
                "Classes that no training episode has; test episodes are of them alone. Test episodes "
                    + "are of all classes when left out; of an array collection, of the classes of its "
                    + "test split, and groups may be named, too."),
            Field(
                "validation", \.validation, .set(of: .name, noun: "class"),
                "Classes that no training episode has either; validation episodes are of them alone. "
                    + "Validation episodes are of the classes of training when left out; of an array "
                    + "collection, of the classes of its validation split."),
            Field(
                "episodes", \.episodes, .integer(in: 1...100_000),
                "How many episodes of each validation and test task are scored; of an array "
                    + "collection, of each split."),
            Field(
                optional: "validation_episodes", \.validationEpisodes, .integer(in: 1...100_000),
                "The same of validation alone; as many as `episodes` when left out.",
                absence: .leftOut),
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

        private var trainingSummary: String {
            let parts = [
                trainingShots.map { "\($0) \($0 == 1 ? "shot" : "shots")" },
                trainingQueries.map { "\($0) queries" },
            ].compactMap(\.self)
            return parts.isEmpty ? "" : " (in training \(parts.joined(separator: " and ")))"
        }

        /// What a reader of the numbers must know.
        ///
        /// - Parameter isOfClasses: Whether episodes are drawn of classes, and not of a task each.
        /// - Returns: Sentences.
        package func summary(isOfClasses: Bool) -> String {
            (ways.map { "Episodes of \($0) ways and " } ?? "Rows are drawn anew for each task: ")
                + "\(shots) \(shots == 1 ? "shot" : "shots"), "
                + (queries.map { "\($0) queries\(ways == nil ? "" : " a class")" } ?? "all queries")
                + trainingSummary
                + (within == .group ? "; classes of one group" : "")
                + (heldOut.isEmpty
                    ? "" : "; held out for testing: \(heldOut.joined(separator: ", "))")
                + (episodes > 1 && !isOfClasses
                    ? "; \(episodes) episodes of each task are scored" : "")
                + (ways == nil
                    ? "."
                    : ". Classes are numbered anew in each episode; pre-training knows the true "
                        + "classes of training and gets a new last layer.")
        }
    }
}
