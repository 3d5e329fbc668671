/// Tasks held in memory.
public struct EpisodesInMemory: EpisodeSource {
    /// The classes in the order of their labels.
    public let classNames: [String]
    /// Channels of each window.
    public let channelCount: Int
    /// Samples of each window.
    public let windowLength: Int
    /// The names of what a regression puts out; empty for classes.
    public let targetNames: [String]
    private let episodes: [EpisodeSplit: [Episode]]
    private let counts: [String: (support: Int, query: Int)]

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - classNames: The classes in the order of their labels.
    ///   - targetNames: The names of what a regression puts out; none for classes.
    ///   - train: Tasks for meta-training.
    ///   - validation: Tasks for choosing the best epoch.
    ///   - test: Tasks for the result.
    /// - Throws: ``MetaLearningError`` when windows differ in size, a label has no class or an id
    ///   stands twice.
    public init(
        classNames: [String], targetNames: [String] = [], train: [Episode],
        validation: [Episode] = [], test: [Episode] = []
    ) throws(MetaLearningError) {
        let all = train + validation + test
        guard let first = all.first else {
            throw MetaLearningError(.emptySplit(.train), at: "tasks")
        }
        self.classNames = classNames
        self.targetNames = targetNames
        channelCount = first.support.channelCount
        windowLength = first.support.windowLength
        episodes = [.train: train, .validation: validation, .test: test]
        counts = Dictionary(
            all.map { ($0.id, ($0.support.count, $0.query.count)) },
            uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for episode in all {
            guard seen.insert(episode.id).inserted else {
                throw MetaLearningError(
                    .outOfRange(expected: "each id once", found: "it stands twice"),
                    at: episode.id)
            }
            try episode.check(
                channelCount: channelCount, windowLength: windowLength,
                classCount: classNames.count, targetCount: targetNames.count)
        }
    }

    /// The windows of a task.
    public func windowCounts(of id: String) -> (support: Int, query: Int)? { counts[id] }

    /// The ids of a split's tasks in the order in which they were given.
    public func ids(in split: EpisodeSplit) -> [String] {
        episodes[split, default: []].map(\.id)
    }

    /// A task by its id.
    public func episode(_ id: String) throws(MetaLearningError) -> Episode {
        for split in EpisodeSplit.allCases {
            if let episode = episodes[split, default: []].first(where: { $0.id == id }) {
                return episode
            }
        }
        throw MetaLearningError(.unknownEpisode(id), at: "tasks")
    }
}
