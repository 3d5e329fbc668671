internal import TaskDraws

/// What must be kept of a task that is scored, so that what was predicted of it can be told in its
/// source's classes.
struct ScoredEpisode: Sendable {
    let draw: TaskDraw
    /// The query's windows in classes of the source, where they are not all those of the task.
    let query: TrainingResult.QueryWindows?
    private let classes: [UInt8]

    init(_ task: Episode) {
        draw = task.draw
        classes = task.classes
        query =
            task.classes.isEmpty
            ? nil
            : TrainingResult.QueryWindows(
                starts: task.query.starts,
                labels: Self.classes(of: task.query.labels, task.draw, task.classes))
    }

    /// The classes of the source that labels of the episode stand for.
    func classes(of labels: [UInt8]) -> [UInt8] { Self.classes(of: labels, draw, classes) }

    private static func classes(
        of labels: [UInt8], _ draw: TaskDraw, _ classes: [UInt8]
    ) -> [UInt8] {
        let own = draw.trueClasses(labels)
        return classes.isEmpty ? own : own.map { classes[Int($0)] }
    }
}
