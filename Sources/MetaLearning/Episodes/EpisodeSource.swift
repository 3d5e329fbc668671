/// Where tasks come from: a collection on disk, a simulation or arrays.
public protocol EpisodeSource: Sendable {
    /// The classes in the order of their labels.
    var classNames: [String] { get }
    /// The classes of training by names that last: those of the labels of a training task whose
    /// classes are not varied. Others than ``classNames`` where episodes number classes anew.
    var knownClassNames: [String] { get }
    /// Channels of each window.
    var channelCount: Int { get }
    /// Samples of each window.
    var windowLength: Int { get }

    /// The names of what a regression puts out, such as joint angles; empty for classes.
    var targetNames: [String] { get }
    /// Rows and columns of the grid of electrodes that the channels are, row by row; `nil` when
    /// they lie on none.
    var electrodeGrid: (rows: Int, columns: Int)? { get }
    /// Rows and columns of the images that the windows are, row by row; `nil` when they are none.
    var imageExtent: (rows: Int, columns: Int)? { get }
    /// Whether tasks are episodes drawn of classes, of which one says nothing of another: intervals
    /// of what is scored are over them, as they are over people elsewhere.
    var drawsEpisodes: Bool { get }
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

    /// How many windows a task's support and query have, as far as it is known without reading the
    /// task; `nil` otherwise. Training on several machines divides tasks by it.
    func windowCounts(of id: String) -> (support: Int, query: Int)?

    /// These tasks will be asked for soon: what is slow to read may be read ahead.
    func prefetch(_ ids: [String])

    /// A task by its id.
    ///
    /// May be called from several threads at once.
    func episode(_ id: String) throws -> Episode

    /// A training task as it is drawn in a round; a source that varies no tasks gives the same
    /// whatever the round is.
    ///
    /// May be called from several threads at once.
    func episode(_ id: String, in round: EpisodeRound) throws -> Episode
}

extension EpisodeSource {
    /// The classes of all tasks.
    public var knownClassNames: [String] { classNames }
    /// Classes, no regression.
    public var targetNames: [String] { [] }
    /// No grid.
    public var electrodeGrid: (rows: Int, columns: Int)? { nil }
    /// No images.
    public var imageExtent: (rows: Int, columns: Int)? { nil }
    /// Tasks are of people.
    public var drawsEpisodes: Bool { false }
    /// Nothing is said of the windows.
    public var inputDescription: String? { nil }
    /// The task as it is.
    public func episode(_ id: String, in round: EpisodeRound) throws -> Episode { try episode(id) }
    /// Windows stay as they are.
    public var variation: (any WindowVariation)? { nil }
    /// It is not known.
    public func windowCounts(of id: String) -> (support: Int, query: Int)? { nil }
    /// Nothing is read ahead.
    public func prefetch(_ ids: [String]) {}
    /// Each task is a group of its own.
    public func group(of id: String) -> String { id }
}
