package import MetaLearning
private import PrintableText
private import SeededRandom

/// The tasks of a regression: as the collection divides their rows, or with rows drawn anew.
///
/// Without `few_shot` the first rows of a task are its support, as many as the collection says, and
/// the others its query. With it, shots and queries are drawn of a task's rows: in training anew in
/// each round, and always the same where a task is scored.
package struct RegressionEpisodes: EpisodeSource {
    private let collection: ArrayCollection
    private let settings: TrainingConfiguration.FewShot?
    private let trainingSeed: UInt64
    private let store: SampleStore
    private let targets: [Float]
    private let lists: [EpisodeSplit: [String]]
    private let places: [String: Int]
    private let input: ArrayInput

    init(
        _ collection: ArrayCollection, _ configuration: TrainingConfiguration
    ) throws(ArrayError) {
        let manifest = collection.manifest
        let settings = configuration.fewShot
        if let settings { try Self.check(settings, manifest) }
        self.collection = collection
        self.settings = settings
        trainingSeed = configuration.seed
        store = try collection.store(memoryBudget: configuration.taskMemory)
        targets = try collection.targets()
        var lists: [EpisodeSplit: [String]] = [:]
        var places: [String: Int] = [:]
        for (index, task) in manifest.tasks.enumerated() {
            let count = task.split == .train ? 1 : settings?.episodes(in: task.split) ?? 1
            for number in 1...count {
                let id = count == 1 ? task.name : "\(task.name):\(number)"
                lists[task.split, default: []].append(id)
                places[id] = index
            }
        }
        self.lists = lists
        self.places = places
        input = ArrayInput(manifest) { split in
            manifest.tasks.indices.filter { manifest.tasks[$0].split == split }
        }
    }

    private static func check(
        _ settings: TrainingConfiguration.FewShot, _ manifest: ArrayManifest
    ) throws(ArrayError) {
        for (key, isSaid) in [
            ("ways", settings.ways != nil), ("held_out", !settings.heldOut.isEmpty),
            ("validation", !settings.validation.isEmpty), ("within", settings.within != .all),
            ("tasks", settings.tasks != nil),
        ] where isSaid {
            throw ArrayError(
                .invalid(expected: "nothing for a regression", found: "a value"),
                at: "few_shot.\(key)",
                hint:
                    "\(manifest.name) has tasks with targets and no classes: of few_shot it takes "
                    + "shots, queries, episodes and seed, and shots and queries of training")
        }
        for task in manifest.tasks where task.count < settings.neededWindows(in: task.split) {
            throw ArrayError(
                .tooFew(
                    "rows of task \(task.name)", expected: settings.neededWindows(in: task.split),
                    found: task.count), at: "few_shot", hint: "ask for fewer shots or queries")
        }
    }

    /// None: a regression puts out values.
    package var classNames: [String] { [] }
    /// What it puts out.
    package var targetNames: [String] { collection.manifest.targets.map(\.name) }
    /// The numbers of a row, or the channels of an image or signal.
    package var channelCount: Int { collection.manifest.sample.channelCount }
    /// 1 for rows.
    package var windowLength: Int { collection.manifest.sample.windowLength }
    /// Rows and columns of an image.
    package var imageExtent: (rows: Int, columns: Int)? { collection.manifest.sample.imageExtent }
    /// Tasks are independent of each other.
    package var drawsEpisodes: Bool { true }
    /// What a sample is and which tasks a model has seen, as JSON.
    package var inputDescription: String? { input.json }

    /// The tasks of a split; where several episodes of each are scored, those.
    package func ids(in split: EpisodeSplit) -> [String] { lists[split] ?? [] }

    /// What a task belongs to, or itself.
    package func group(of id: String) -> String {
        guard let place = places[id] else { return id }
        let task = collection.manifest.tasks[place]
        return task.group.isEmpty ? task.name : task.group
    }

    /// The rows of a task's support and query.
    package func windowCounts(of id: String) -> (support: Int, query: Int)? {
        guard let place = places[id] else { return nil }
        let count = collection.manifest.tasks[place].count
        guard let settings else {
            let support = collection.manifest.settings.support.count(of: count)
            return (support, count - support)
        }
        let split = collection.manifest.tasks[place].split
        let shots = settings.shots(in: split)
        return (shots, settings.queries(in: split) ?? count - shots)
    }

    /// A task, always the same.
    package func episode(_ id: String) throws -> Episode { try episode(id, round: "") }

    /// A training task of a round.
    package func episode(_ id: String, in round: EpisodeRound) throws -> Episode {
        guard round.variesClasses else { return try divided(id) }
        return try episode(id, round: ", \(round.name) of seed \(trainingSeed)")
    }

    private func episode(_ id: String, round: String) throws -> Episode {
        guard let settings else { return try divided(id) }
        let rows = try rows(of: id)
        let split = places[id].map { collection.manifest.tasks[$0].split } ?? .test
        let shots = settings.shots(in: split)
        var generator = SeededGenerator(seed: settings.seed, stream: "episode of \(id)\(round)")
        let count = settings.queries(in: split).map { shots + $0 } ?? rows.count
        let drawn = generator.sample(count, of: rows.count).map { rows[$0] }
        return try episode(id, drawn, support: shots)
    }

    /// The task as the collection divides it.
    private func divided(_ id: String) throws -> Episode {
        let rows = try rows(of: id)
        return try episode(
            id, rows, support: collection.manifest.settings.support.count(of: rows.count))
    }

    private func rows(of id: String) throws(MetaLearningError) -> [Int32] {
        guard let place = places[id] else {
            throw MetaLearningError(.unknownEpisode(id), at: collection.manifest.name)
        }
        return collection.rows[place]
    }

    private func episode(_ id: String, _ rows: [Int32], support: Int) throws -> Episode {
        let width = collection.manifest.sample.width
        var signal = [Float](repeating: 0, count: rows.count * width)
        for (place, row) in rows.enumerated() {
            try store.copy(row: Int(row), turned: 0, into: &signal, at: place * width)
        }
        let outputs = targetNames.count
        func windows(_ range: Range<Int>) throws(MetaLearningError) -> WindowSet {
            try WindowSet(
                signal: signal, channelCount: channelCount, windowLength: windowLength,
                starts: range.map { $0 * windowLength }, labels: range.map { _ in 0 },
                targets: rows[range].flatMap {
                    targets[Int($0) * outputs..<(Int($0) + 1) * outputs]
                })
        }
        return try Episode(
            id: id, support: windows(0..<support), query: windows(support..<rows.count))
    }
}
