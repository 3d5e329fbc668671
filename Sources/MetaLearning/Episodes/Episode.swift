import PrintableText
public import TaskDraws

/// One few-shot task: what a model adapts on and what it is evaluated on.
///
/// In prose a *task*; the type is called episode because `Task` is Swift's.
public struct Episode: Sendable, Hashable {
    /// The task's name, such as `patient/session/condition`.
    public let id: String
    /// The windows that the model adapts on, in the order of the recording.
    public let support: WindowSet
    /// The windows that it is evaluated on.
    public let query: WindowSet
    /// Windows of the person's earlier recordings, as they were recorded, for methods that may know
    /// the person; `nil` when there are none.
    public package(set) var earlier: WindowSet?
    /// For each label of a few-shot episode the class of its source; empty where labels are classes.
    public package(set) var classes: [UInt8] = []
    /// How support and query were varied; nothing in tasks as they were recorded.
    public internal(set) var draw = TaskDraw()

    /// Creates a task.
    ///
    /// - Parameters:
    ///   - id: Its name.
    ///   - support: The windows that the model adapts on, at least one.
    ///   - query: The windows that it is evaluated on, at least one, of the same width.
    /// - Throws: ``MetaLearningError`` when a part is empty or the widths differ.
    public init(id: String, support: WindowSet, query: WindowSet) throws(MetaLearningError) {
        for (part, windows) in [("support", support), ("query", query)] where windows.count == 0 {
            throw MetaLearningError(
                .outOfRange(expected: "at least one \(part) window", found: "none"), at: id)
        }
        guard
            support.channelCount == query.channelCount,
            support.windowLength == query.windowLength
        else {
            throw MetaLearningError(
                .incompatible(
                    expected: "windows of \(support.windowLength) × \(support.channelCount)",
                    found: "windows of \(query.windowLength) × \(query.channelCount)"),
                at: id)
        }
        self.id = id
        self.support = support
        self.query = query
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
                let label = windows.labels.map(Int.init).first(where: { $0 >= classCount })
                    ?? windows.manyLabels.map(Int.init).first(where: { $0 >= classCount })
            {
                throw MetaLearningError(
                    .outOfRange(expected: "a label below \(classCount)", found: "\(label)"),
                    at: id)
            }
        }
    }
}
