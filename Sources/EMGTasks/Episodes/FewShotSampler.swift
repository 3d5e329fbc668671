public import EMGArchive
import PrintableText
public import SeededRandom

/// Draws N-way K-shot episodes from the labeled windows of tasks: a few classes, relabeled from
/// 0, with a few windows of each to adapt on and others to be evaluated on.
///
/// Windows overlap, so windows drawn blindly would share samples between support and query. Here
/// no sample of a support window is in a query window of the same task, nor within the guard.
public struct FewShotSampler: Sendable {
    /// A window of a task.
    public struct Window: Sendable, Hashable {
        /// The task, by its place in the sampler's list.
        public let task: Int
        /// The first sample.
        public let start: Int
        /// The class within the episode, from 0.
        public let label: Int
    }

    /// One episode.
    public struct Draw: Sendable, Hashable {
        /// For each label of the episode the class of the collection.
        public let classes: [UInt8]
        /// The windows to adapt on: as many of each class as there are shots.
        public let support: [Window]
        /// The windows to be evaluated on: as many of each class as there are queries.
        public let query: [Window]
    }

    /// The ids of the tasks.
    package let ids: [String]
    /// How many classes an episode has, at least 1.
    package let ways: Int
    /// How many support windows of each class, at least 1.
    package let shots: Int
    /// How many query windows of each class, at least 1; `nil` for all that lie apart.
    package let queries: Int?

    private let length: Int
    private let guardSamples: Int
    /// For each class the windows of all tasks that shots are drawn from.
    private let pools: [[(task: Int, start: Int)]]
    /// For each class those that queries are drawn from.
    private let queryPools: [[(task: Int, start: Int)]]
    /// The classes with enough windows.
    private let usable: [Int]
    private let classNames: [String]

    /// Creates a sampler.
    ///
    /// - Parameters:
    ///   - collection: The collection.
    ///   - ids: Which of its tasks; one for episodes of one person, several for episodes that mix
    ///     them.
    ///   - ways: How many classes an episode has, at least 1.
    ///   - shots: How many support windows of each class, at least 1.
    ///   - queries: How many query windows of each class, at least 1; `nil` for all that lie apart.
    ///   - classes: Which classes episodes are of; all when `nil`.
    ///   - separating: Whether shots are drawn from the tasks' support and queries from their query;
    ///     both from all windows otherwise, so that an episode has parts of its own.
    /// - Throws: `ArchiveError` when a task cannot be read, ``TaskError`` when there are fewer
    ///   classes with enough windows.
    public init(
        _ collection: CollectionCache, tasks ids: [String], ways: Int, shots: Int, queries: Int?,
        of classes: Set<UInt8>? = nil, separating: Bool = false
    ) throws {
        precondition(ways >= 1 && shots >= 1 && queries ?? 1 >= 1, "an episode has windows")
        let manifest = collection.collection.manifest
        var pools = [[(task: Int, start: Int)]](repeating: [], count: manifest.classes.count)
        var queryPools = pools
        for (index, id) in ids.enumerated() {
            let tensors = try collection.tensors(for: id)
            for (windows, isQuery) in [(tensors.support, false), (tensors.query, true)] {
                // Without classes every window has label 0, which is none.
                for (start, label) in zip(windows.starts, windows.labels)
                where !pools.isEmpty && classes?.contains(label) ?? true {
                    if !separating || !isQuery { pools[Int(label)].append((index, Int(start))) }
                    if !separating || isQuery {
                        queryPools[Int(label)].append((index, Int(start)))
                    }
                }
            }
        }
        let needed = queries ?? 1
        usable = pools.indices.filter {
            separating
                ? pools[$0].count >= shots && queryPools[$0].count >= needed
                : pools[$0].count >= shots + needed
        }
        guard usable.count >= ways else {
            throw TaskError(
                .tooFew(
                    what: "classes with \(shots + needed, of: "window")", expected: ways,
                    found: usable.count),
                subject: ids.count == 1 ? ids[0] : manifest.name,
                hint: "ask for fewer ways, shots or queries")
        }
        self.queryPools = queryPools
        self.ids = ids
        self.ways = ways
        self.shots = shots
        self.queries = queries
        self.pools = pools
        length = manifest.window.length
        guardSamples = manifest.split.guardSamples
        classNames = manifest.classes
    }

    /// Draws an episode.
    ///
    /// - Parameter generator: What it is drawn from; the same state gives the same episode.
    /// - Returns: The episode.
    /// - Throws: ``TaskError`` when too few windows lie apart from the support.
    public func draw(using generator: inout SeededGenerator) throws(TaskError) -> Draw {
        let classes = Array(generator.shuffled(usable).prefix(ways))
        var support: [Window] = []
        for (label, pool) in classes.enumerated() {
            // Shots that share samples are fewer shots: apart as far as the class has room.
            var chosen: [(task: Int, start: Int)] = []
            let candidates = generator.shuffled(pools[pool])
            for apart in [true, false] {
                for window in candidates where chosen.count < shots {
                    let meets = chosen.contains { other in
                        other.task == window.task
                            && abs(other.start - window.start) < (apart ? length : 1)
                    }
                    if !meets { chosen.append(window) }
                }
            }
            support += chosen.map { Window(task: $0.task, start: $0.start, label: label) }
        }
        let forbidden = Dictionary(grouping: support, by: \.task).mapValues { windows in
            windows.map(\.start).sorted()
        }
        var query: [Window] = []
        for (label, pool) in classes.enumerated() {
            let free = queryPools[pool].filter { window in
                !Self.isNear(
                    window.start, forbidden[window.task] ?? [], within: length + guardSamples)
            }
            guard free.count >= queries ?? 1 else {
                throw TaskError(
                    .tooFew(
                        what: "windows of \"\(classNames[pool])\" apart from the support",
                        expected: queries ?? 1, found: free.count),
                    subject: ids.count == 1 ? ids[0] : "\(ids.count) tasks",
                    hint: "ask for fewer shots or queries, or shorten the guard")
            }
            query += generator.shuffled(free).prefix(queries ?? .max).map {
                Window(task: $0.task, start: $0.start, label: label)
            }
        }
        return Draw(
            classes: classes.map { UInt8($0) }, support: support, query: query)
    }

    /// Whether a window begins less than so many samples from one of those in order.
    private static func isNear(_ start: Int, _ others: [Int], within distance: Int) -> Bool {
        var low = 0
        var high = others.count
        while low < high {
            let middle = (low + high) / 2
            if others[middle] <= start - distance { low = middle + 1 } else { high = middle }
        }
        return low < others.count && others[low] < start + distance
    }
}
