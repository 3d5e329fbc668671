internal import EMGArchive
private import EMGTasks
package import MetaLearning
private import SeededRandom

/// N-way K-shot episodes of a collection's tasks, drawn as the training settings say.
///
/// A training task gives another episode in each round; a task that is scored always the same ones,
/// which depend on its id and the settings' seed alone. Samples of support and query never meet.
package struct FewShotEpisodes: CheckedEpisodes {
    private let base: CollectionEpisodes
    private let settings: TrainingConfiguration.FewShot
    private let ways: Int
    private let trainingSeed: UInt64
    private let splits: [String: EpisodeSplit]
    private let classes: [EpisodeSplit: Set<UInt8>]

    /// The source of episodes that settings ask for.
    ///
    /// - Parameters:
    ///   - base: A collection's tasks.
    ///   - configuration: The settings.
    /// - Returns: The tasks themselves when the settings ask for no episodes.
    /// - Throws: `MetaLearningError` for a class that the collection has not, or fewer classes than
    ///   ways.
    package static func drawing(
        from base: CollectionEpisodes, by configuration: TrainingConfiguration
    ) throws(MetaLearningError) -> any EpisodeSource {
        guard let settings = configuration.fewShot else { return base }
        return try FewShotEpisodes(base, settings, trainingSeed: configuration.seed)
    }

    /// The task that an episode is of.
    ///
    /// - Parameter id: The id of an episode or a task.
    /// - Returns: The id of the task.
    package static func task(of id: String) -> String {
        String(id.prefix { $0 != mark })
    }

    /// Stands between a task's id and the number of an episode; no recording has it in its names.
    private static let mark: Character = ":"

    private init(
        _ base: CollectionEpisodes, _ settings: TrainingConfiguration.FewShot,
        trainingSeed: UInt64
    ) throws(MetaLearningError) {
        let names = base.classNames
        guard base.targetNames.isEmpty, !names.isEmpty else {
            throw MetaLearningError(
                .outOfRange(expected: "classes", found: "none"), at: "few_shot",
                hint: "episodes have classes: leave few_shot out for a regression")
        }
        guard let ways = settings.ways else {
            throw MetaLearningError(
                .outOfRange(expected: "how many classes an episode has", found: "nothing"),
                at: "few_shot.ways", hint: "write for example ways: 3")
        }
        // What is of arrays alone is not taken for something else.
        for (key, isSaid) in [
            ("tasks", settings.tasks != nil), ("within", settings.within != .all),
        ] where isSaid {
            throw MetaLearningError(
                .outOfRange(expected: "nothing for an EMG collection", found: "a value"),
                at: "few_shot.\(key)",
                hint:
                    "it is for collections of labeled arrays, whose episodes are drawn of classes; "
                    + "here each task gives a training episode: leave it out")
        }
        func labels(_ chosen: [String], _ key: String) throws(MetaLearningError) -> Set<UInt8> {
            var labels: Set<UInt8> = []
            for name in chosen {
                guard let label = names.firstIndex(of: name) else {
                    throw MetaLearningError(
                        .outOfRange(
                            expected: "classes among \(names.joined(separator: ", "))",
                            found: name), at: "few_shot.\(key)",
                        hint: "names are those of the collection")
                }
                labels.insert(UInt8(label))
            }
            return labels
        }
        let heldOut = try labels(settings.heldOut, "held_out")
        let selecting = try labels(settings.validation, "validation")
        let all = Set(names.indices.map { UInt8($0) })
        let known = all.subtracting(heldOut).subtracting(selecting)
        classes = [
            .train: known, .validation: selecting.isEmpty ? known : selecting,
            .test: heldOut.isEmpty ? all : heldOut,
        ]
        for split in EpisodeSplit.allCases where !base.ids(in: split).isEmpty {
            let count = classes[split]?.count ?? 0
            guard count >= ways else {
                throw MetaLearningError(
                    .outOfRange(
                        expected: "at least \(ways) classes for \(split.rawValue)",
                        found: "\(count)"), at: "few_shot.ways",
                    hint: "ask for fewer ways, or hold out other classes")
            }
        }
        splits = Dictionary(
            EpisodeSplit.allCases.flatMap { split in base.ids(in: split).map { ($0, split) } },
            uniquingKeysWith: { first, _ in first })
        self.base = base
        self.settings = settings
        self.ways = ways
        self.trainingSeed = trainingSeed
    }

    /// The ways, by number: which class one is differs from episode to episode.
    package var classNames: [String] { TrainingConfiguration.FewShot.wayNames(ways) }
    /// Channels of each window.
    package var channelCount: Int { base.channelCount }
    /// Samples of each window.
    package var windowLength: Int { base.windowLength }
    /// The grid of the collection.
    package var electrodeGrid: (rows: Int, columns: Int)? { base.electrodeGrid }
    /// The augmentations of the collection.
    package var variation: (any WindowVariation)? { base.variation }
    /// The input of the collection.
    package var inputDescription: String? { base.inputDescription }
    /// The classes of training, by their own names.
    package var knownClassNames: [String] { known.map { base.classNames[Int($0)] } }

    private var known: [UInt8] { (classes[.train] ?? []).sorted() }

    /// The tasks of training; the episodes of validation and test tasks.
    package func ids(in split: EpisodeSplit) -> [String] {
        let ids = base.ids(in: split)
        let count = settings.episodes(in: split)
        guard split != .train, count > 1 else { return ids }
        return ids.flatMap { id in (1...count).map { "\(id)\(Self.mark)\($0)" } }
    }

    /// Patient and condition of an episode's task.
    package func group(of id: String) -> String { base.group(of: Self.task(of: id)) }

    /// The tasks behind episodes that were checked.
    package func takeChecked() -> [String] { base.takeChecked() }

    /// Takes it that the tasks behind episodes are right.
    package func trust(_ names: [String]) { base.trust(names) }

    /// Reads the tasks of episodes ahead.
    package func prefetch(_ ids: [String]) { base.prefetch(ids.map(Self.task(of:))) }

    /// An episode that is always the same.
    package func episode(_ id: String) throws -> Episode { try drawn(id, round: "") }

    /// A training task's episode of a round; all its windows of the classes of training, with those
    /// classes' numbers, for what does not vary classes.
    package func episode(_ id: String, in round: EpisodeRound) throws -> Episode {
        guard round.variesClasses else { return try knownTask(id) }
        return try drawn(id, round: ", \(round.name) of seed \(trainingSeed)")
    }

    private func drawn(_ id: String, round: String) throws -> Episode {
        let task = Self.task(of: id)
        let whole = try base.episode(task)
        let split = splits[task] ?? .test
        let sampler = try FewShotSampler(
            base.cache, tasks: [task], ways: ways, shots: settings.shots(in: split),
            queries: settings.queries(in: split), of: classes[split],
            separating: settings.windows == .parts)
        var generator = SeededGenerator(seed: settings.seed, stream: "episode of \(id)\(round)")
        let draw = try sampler.draw(using: &generator)
        func windows(_ drawn: [FewShotSampler.Window]) throws(MetaLearningError) -> WindowSet {
            let drawn = drawn.sorted { $0.start < $1.start }
            return try whole.support.windows(
                at: drawn.map(\.start), labels: drawn.map { UInt8($0.label) })
        }
        var episode = try Episode(
            id: id, support: windows(draw.support), query: windows(draw.query))
        episode.classes = draw.classes
        episode.earlier = whole.earlier
        return episode
    }

    private func knownTask(_ id: String) throws -> Episode {
        let whole = try base.episode(Self.task(of: id))
        let places = Dictionary(
            uniqueKeysWithValues: known.enumerated().map { ($1, UInt8($0)) })
        func windows(_ set: WindowSet) throws(MetaLearningError) -> WindowSet {
            let kept = set.labels.indices.filter { places[set.labels[$0]] != nil }
            return try set.windows(
                at: kept.map { set.starts[$0] }, labels: kept.compactMap { places[set.labels[$0]] })
        }
        return try Episode(
            id: id, support: windows(whole.support), query: windows(whole.query))
    }
}
