public import EMGArchive
private import EMGSignal
public import MetaLearning

/// An opened task collection as a source of episodes for meta-learning.
///
/// Each episode holds its signal once; support and query windows are views into it.
public struct CollectionEpisodes: CheckedEpisodes {
    let cache: CollectionCache
    private let scalings: [String: ChannelScaling]
    private let identities: [String: RecordingIdentity]
    private let counts: [String: (support: Int, query: Int)]
    /// What the collection's windows are, for the models trained on them.
    package let input: InputDescription
    /// The augmentations that the manifest asks for; `nil` when it asks for none.
    public let variation: (any WindowVariation)?

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - collection: An opened collection.
    ///   - memoryBudget: How many bytes of tasks are kept in memory between uses, those used
    ///     least recently going first; nothing when left out.
    /// - Throws: `DocumentError` when the manifest asks for an augmentation that this software
    ///   does not know.
    public init(_ collection: CollectionFile, memoryBudget: Int = 0) throws {
        cache = CollectionCache(collection, memoryBudget: memoryBudget)
        identities = Dictionary(
            collection.manifest.tasks.map { ($0.id, $0.identity) }, uniquingKeysWith: { $1 })
        counts = Dictionary(
            collection.manifest.tasks.map { ($0.id, ($0.support.windows, $0.query.windows)) },
            uniquingKeysWith: { $1 })
        scalings = Dictionary(
            collection.manifest.tasks.map {
                (
                    $0.id,
                    ChannelScaling(
                        offset: $0.normalization.offset, scale: $0.normalization.scale)
                )
            }, uniquingKeysWith: { $1 })
        variation = try AugmentedWindows(collection.manifest)
        input = InputDescription(collection.manifest)
    }

    private var collection: CollectionFile { cache.collection }

    /// How many tasks were read from the file so far.
    package var readCount: Int { cache.readCount }

    /// The classes in the order of their labels.
    public var classNames: [String] { collection.manifest.classes }
    /// Channels of each window.
    public var channelCount: Int { collection.manifest.channels.count }
    /// Samples of each window.
    public var windowLength: Int { collection.manifest.window.length }

    /// The names of the manifest's targets.
    public var targetNames: [String] { collection.manifest.targets?.columns.map(\.name) ?? [] }

    /// The grid of the manifest.
    public var electrodeGrid: (rows: Int, columns: Int)? {
        collection.manifest.grid.map { ($0.rows, $0.columns) }
    }

    /// ``input`` as JSON.
    public var inputDescription: String? { input.json }

    /// The ids of a split's tasks in the manifest's order.
    public func ids(in split: EpisodeSplit) -> [String] {
        switch split {
        case .train: collection.manifest.splits.train
        case .validation: collection.manifest.splits.validation
        case .test: collection.manifest.splits.test
        }
    }

    /// Patient and condition of a task.
    public func group(of id: String) -> String {
        guard let identity = identities[id] else { return id }
        return "\(identity.patient)/\(identity.condition)"
    }

    /// What the manifest says of a task's windows.
    public func windowCounts(of id: String) -> (support: Int, query: Int)? { counts[id] }

    /// Reads tasks ahead as far as the memory for tasks allows.
    public func prefetch(_ ids: [String]) { cache.prefetch(ids) }

    /// The tasks whose hash was checked since it was asked last.
    package func takeChecked() -> [String] { cache.takeChecked() }

    /// Reads these tasks without their hash.
    package func trust(_ names: [String]) { cache.trust(names) }

    /// Reads a task; its hash is checked against the manifest.
    ///
    /// - Parameter id: A task of the collection.
    /// - Returns: The task.
    /// - Throws: `ArchiveError` when the tensors are damaged or the id is unknown.
    public func episode(_ id: String) throws -> Episode {
        let tensors = try cache.tensors(for: id)
        let signal = tensors.signal.values
        var episode = try Episode(
            id: id, support: windows(tensors.support, of: signal, in: id),
            query: windows(tensors.query, of: signal, in: id))
        episode.earlier = try tensors.earlier.map {
            (earlier) throws(MetaLearningError) in try windows(earlier, of: signal, in: id)
        }
        return episode
    }

    private func windows(
        _ windows: TaskTensors.Windows, of signal: [Float], in id: String
    ) throws(MetaLearningError) -> WindowSet {
        var set = try WindowSet(
            signal: signal, channelCount: channelCount, windowLength: windowLength,
            starts: windows.starts.map(Int.init), labels: windows.labels,
            targets: windows.targets)
        set.scaling = scalings[id]
        return set
    }
}
