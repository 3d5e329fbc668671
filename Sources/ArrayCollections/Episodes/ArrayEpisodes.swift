package import MetaLearning
private import PrintableText
private import SeededRandom

/// N-way K-shot episodes drawn from the classes of a collection's splits.
///
/// A training episode is a place in the meta-epoch that is drawn anew in each round; an episode that
/// is scored is always the same one. Which classes and samples one has depends on its id, the seed of
/// the settings and, in training, the round and the seed of the run alone: never on threads, processes
/// or what was drawn before.
package struct ArrayEpisodes: EpisodeSource {
    /// A class with the quarter turns of its samples.
    struct Class: Sendable, Hashable {
        let member: Int
        let turn: Int
    }

    let collection: ArrayCollection
    private let settings: TrainingConfiguration.FewShot
    private let ways: Int
    private let trainingSeed: UInt64
    private let store: SampleStore
    private let pools: [EpisodeSplit: ClassPool]
    private let lists: [EpisodeSplit: [String]]
    private let places: [String: (split: EpisodeSplit, number: Int)]
    private let input: ArrayInput

    init(
        _ collection: ArrayCollection, _ configuration: TrainingConfiguration,
        _ settings: TrainingConfiguration.FewShot
    ) throws(ArrayError) {
        guard let ways = settings.ways else {
            throw ArrayError(
                .missing("number of classes of an episode", known: []), at: "few_shot.ways",
                hint: "write for example ways: 5")
        }
        self.collection = collection
        self.settings = settings
        self.ways = ways
        trainingSeed = configuration.seed
        let classes = try ClassChoice(collection.manifest, settings)
        var pools: [EpisodeSplit: ClassPool] = [:]
        var lists: [EpisodeSplit: [String]] = [:]
        var places: [String: (split: EpisodeSplit, number: Int)] = [:]
        for split in EpisodeSplit.allCases {
            let own = classes[split]
            guard !own.isEmpty else { continue }
            pools[split] = try ClassPool(
                own, of: collection.manifest, split: split, ways: ways, settings)
            let count =
                split == .train
                ? settings.tasks ?? TrainingConfiguration.FewShot.standardTasks
                : settings.episodes(in: split)
            lists[split] = (1...count).map { "\(split.rawValue)/\($0)" }
            for (number, id) in (lists[split] ?? []).enumerated() { places[id] = (split, number) }
        }
        self.pools = pools
        self.lists = lists
        self.places = places
        store = try collection.store(memoryBudget: configuration.taskMemory)
        input = ArrayInput(collection.manifest, classes)
    }

    /// The ways, by number: which class one is differs from episode to episode.
    package var classNames: [String] { TrainingConfiguration.FewShot.wayNames(ways) }
    /// The classes of training, by their own names.
    package var knownClassNames: [String] {
        (pools[.train]?.classes ?? []).map(name)
    }
    /// Channels of an image or signal; the numbers of a vector.
    package var channelCount: Int { collection.manifest.sample.channelCount }
    /// Pixels of an image, samples of a signal, 1 of a vector.
    package var windowLength: Int { collection.manifest.sample.windowLength }
    /// Rows and columns of an image.
    package var imageExtent: (rows: Int, columns: Int)? { collection.manifest.sample.imageExtent }
    /// Each is drawn of classes.
    package var drawsEpisodes: Bool { true }
    /// What a sample is and which classes a model has seen, as JSON.
    package var inputDescription: String? { input.json }

    /// How many pieces of the file were read so far.
    package var readCount: Int { store.readCount }

    /// The episodes of a split: `train/1`, `train/2`, ….
    package func ids(in split: EpisodeSplit) -> [String] { lists[split] ?? [] }

    /// The group whose classes an episode has, where it has those of one; itself otherwise.
    package func group(of id: String) -> String {
        guard settings.within == .group, let place = places[id], let pool = pools[place.split]
        else { return id }
        return pool.group(of: place.number)
    }

    /// Each class's shots and queries.
    package func windowCounts(of id: String) -> (support: Int, query: Int)? {
        guard let split = places[id]?.split else { return nil }
        return settings.queries(in: split).map { (ways * settings.shots(in: split), ways * $0) }
    }

    /// An episode that is always the same.
    package func episode(_ id: String) throws -> Episode { try episode(id, round: "") }

    /// A training episode of a round; where classes are not to vary, a part of all training samples
    /// with the numbers of their classes.
    package func episode(_ id: String, in round: EpisodeRound) throws -> Episode {
        guard round.variesClasses else { return try known(id) }
        return try episode(id, round: ", \(round.name) of seed \(trainingSeed)")
    }

    /// The classes of an episode by their names, in the order of the ways.
    package func classes(of id: String) throws -> [String] {
        try draw(id, round: "").classes.map(name)
    }

    /// The classes that a split's episodes are of, each once however it is turned.
    package func members(in split: EpisodeSplit) -> [ArrayMember] {
        var seen: Set<Int> = []
        return (pools[split]?.classes ?? []).filter { seen.insert($0.member).inserted }.map {
            collection.manifest.classes[$0.member]
        }
    }

    // MARK: Drawing

    private struct Draw {
        let classes: [Class]
        let shots: Int
        /// For each way its rows: the shots in front.
        let rows: [[Int32]]
    }

    private func name(_ own: Class) -> String {
        ArrayManifest.name(collection.manifest.classes[own.member].name, turned: own.turn)
    }

    private func draw(_ id: String, round: String) throws(MetaLearningError) -> Draw {
        guard let place = places[id], let pool = pools[place.split] else {
            throw MetaLearningError(.unknownEpisode(id), at: collection.manifest.name)
        }
        var generator = SeededGenerator(seed: settings.seed, stream: "episode of \(id)\(round)")
        let classes = pool.draw(ways, episode: place.number, using: &generator)
        let shots = settings.shots(in: place.split)
        let queries = settings.queries(in: place.split)
        return Draw(
            classes: classes, shots: shots,
            rows: classes.map { own in
                let rows = collection.rows[own.member]
                let count = queries.map { shots + $0 } ?? rows.count
                return generator.sample(count, of: rows.count).map { rows[$0] }
            })
    }

    private func episode(_ id: String, round: String) throws -> Episode {
        let draw = try draw(id, round: round)
        let shots = draw.shots
        // The first sample of each class, the second of each and so on: minibatches and parts of
        // a support have all classes.
        var support: [(Int32, way: Int)] = []
        for shot in 0..<shots {
            for way in 0..<ways { support.append((draw.rows[way][shot], way)) }
        }
        var query: [(Int32, way: Int)] = []
        for index in shots..<(draw.rows.map(\.count).max() ?? shots) {
            for way in 0..<ways where index < draw.rows[way].count {
                query.append((draw.rows[way][index], way))
            }
        }
        let all = support + query
        let signal = try signal(of: all.map { ($0.0, draw.classes[$0.way].turn) })
        func windows(_ range: Range<Int>) throws(MetaLearningError) -> WindowSet {
            try WindowSet(
                signal: signal, channelCount: channelCount, windowLength: windowLength,
                starts: range.map { $0 * windowLength }, labels: all[range].map { UInt8($0.way) })
        }
        return try Episode(
            id: id, support: windows(0..<support.count), query: windows(support.count..<all.count))
    }

    /// Samples one after the other, as a model sees them.
    private func signal(of samples: [(row: Int32, turn: Int)]) throws(ArrayError) -> [Float] {
        let width = collection.manifest.sample.width
        var signal = [Float](repeating: 0, count: samples.count * width)
        for (place, sample) in samples.enumerated() {
            try store.copy(
                row: Int(sample.row), turned: sample.turn, into: &signal, at: place * width)
        }
        return signal
    }

    // MARK: Ordinary training

    /// A part of all samples of the training classes, with the numbers of those: the parts of all
    /// training episodes together are all samples.
    private func known(_ id: String) throws -> Episode {
        guard let place = places[id], place.split == .train, let pool = pools[.train] else {
            throw MetaLearningError(.unknownEpisode(id), at: collection.manifest.name)
        }
        guard pool.classes.count <= 1 << 16 else {
            throw ArrayError(
                .invalid(
                    expected: "at most 65536 training classes", found: "\(pool.classes.count)"),
                at: "baselines.pretrained", hint: "set baselines.pretrained: false")
        }
        let starts = pool.sampleStarts
        let total = starts.last ?? 0
        // More episodes than pairs of samples: the samples begin again.
        let parts = min(ids(in: .train).count, max(1, total / 2))
        let part = place.number % parts
        var samples: [(row: Int32, turn: Int)] = []
        var labels: [UInt16] = []
        var label = 0
        for sample in stride(from: part, to: total, by: parts) {
            while sample >= starts[label + 1] { label += 1 }
            let own = pool.classes[label]
            samples.append((collection.rows[own.member][sample - starts[label]], own.turn))
            labels.append(UInt16(label))
        }
        let signal = try signal(of: samples)
        func windows(_ range: Range<Int>) throws(MetaLearningError) -> WindowSet {
            var windows = try WindowSet(
                signal: signal, channelCount: channelCount, windowLength: windowLength,
                starts: range.map { $0 * windowLength },
                labels: labels[range].map { UInt8(truncatingIfNeeded: $0) })
            if pool.classes.count > 256 {
                windows = try WindowSet(
                    signal: signal, channelCount: channelCount, windowLength: windowLength,
                    starts: windows.starts, labels: range.map { _ in 0 })
                windows.manyLabels = Array(labels[range])
            }
            return windows
        }
        return try Episode(
            id: id, support: windows(0..<1), query: windows(1..<samples.count))
    }
}
