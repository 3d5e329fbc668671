import PrintableText

/// Where tasks come from: a collection on disk, a simulation or arrays.
public protocol EpisodeSource: Sendable {
    /// The classes in the order of their labels.
    var classNames: [String] { get }
    /// Channels of each window.
    var channelCount: Int { get }
    /// Samples of each window.
    var windowLength: Int { get }

    /// The names of what a regression puts out, such as joint angles; empty for classes.
    var targetNames: [String] { get }
    /// Rows and columns of the grid of electrodes that the channels are, row by row; `nil` when
    /// they lie on none.
    var electrodeGrid: (rows: Int, columns: Int)? { get }
    /// How training windows are to be varied as they are gathered; `nil` for not at all.
    var variation: (any WindowVariation)? { get }

    /// What the windows are, as a JSON text that a model trained on them carries along; `nil` when
    /// there is nothing to say. Nothing here reads it.
    var inputDescription: String? { get }

    /// The ids of a split's tasks, always in the same order; empty when there are none.
    func ids(in split: EpisodeSplit) -> [String]

    /// The name of the group that a task belongs to, such as its patient and condition: what a
    /// task queue may be keyed by in place of tasks.
    func group(of id: String) -> String

    /// A task by its id.
    ///
    /// May be called from several threads at once.
    func episode(_ id: String) throws -> Episode
}

extension EpisodeSource {
    /// Classes, no regression.
    public var targetNames: [String] { [] }
    /// No grid.
    public var electrodeGrid: (rows: Int, columns: Int)? { nil }
    /// Nothing is said of the windows.
    public var inputDescription: String? { nil }
    /// Windows stay as they are.
    public var variation: (any WindowVariation)? { nil }
    /// Each task is a group of its own.
    public func group(of id: String) -> String { id }
}

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

extension Episode {
    /// Checks that a task fits a model's input and classes.
    ///
    /// - Throws: ``MetaLearningError`` naming the task.
    package func check(
        channelCount: Int, windowLength: Int, classCount: Int, targetCount: Int = 0
    ) throws(MetaLearningError) {
        for windows in [support, query] {
            guard windows.channelCount == channelCount, windows.windowLength == windowLength else {
                throw MetaLearningError(
                    .incompatible(
                        expected: "windows of \(windowLength) × \(channelCount)",
                        found: "windows of \(windows.windowLength) × \(windows.channelCount)"),
                    at: id)
            }
            guard windows.targetCount == targetCount else {
                throw MetaLearningError(
                    .incompatible(
                        expected: "\(targetCount, of: "target") a window",
                        found: "\(windows.targetCount)"), at: id)
            }
            // Where there are targets, labels play no part.
            if targetCount == 0,
                let label = windows.labels.first(where: { Int($0) >= classCount })
            {
                throw MetaLearningError(
                    .outOfRange(expected: "a label below \(classCount)", found: "\(label)"),
                    at: id)
            }
        }
    }
}
