package import EMGEpisodes
internal import MetaLearning

/// Which rows of a table of metrics are about tasks that the model has seen.
package struct SeenMarks: Sendable, Hashable {
    private let extents: [String: SeenTask.Extent]
    private let members: [TestSetting.Member]

    /// No task was seen.
    package static let none = SeenMarks(extents: [:], members: [])

    private init(extents: [String: SeenTask.Extent], members: [TestSetting.Member]) {
        self.extents = extents
        self.members = members
    }

    /// Prepares marks.
    ///
    /// - Parameters:
    ///   - tasks: What the model has seen.
    ///   - setting: The tasks that it was scored on.
    package init(_ tasks: [SeenTask], setting: TestSetting) {
        self.init(
            extents: Dictionary(
                tasks.map { ($0.id, $0.extent) }, uniquingKeysWith: { first, _ in first }),
            members: setting.tasks)
    }

    /// Whether no task was seen.
    package var isEmpty: Bool { extents.isEmpty }

    /// How a row's tasks were seen, the worst of several.
    ///
    /// - Parameter row: A row of metrics.
    /// - Returns: `nil` when none was, and for methods that are fitted to the support alone.
    package func mark(of row: TaskMetrics) -> SeenTask.Extent? {
        guard row.method.isFineTuned else { return nil }
        let ids =
            switch row.scope {
            case .task: [row.name]
            case .patient: members.filter { $0.patient == row.name }.map(\.id)
            case .condition: members.filter { $0.condition == row.name }.map(\.id)
            case .all: members.map(\.id)
            }
        let found = ids.compactMap { extents[$0] }
        return SeenTask.Extent.allCases.first(where: found.contains)
    }

    /// What a reader of the table must know; `nil` when no task was seen.
    package var note: String? {
        guard !isEmpty else { return nil }
        let (count, total) = (extents.count, members.count)
        let (tasks, verb) = total == 1 ? ("task", "was") : ("tasks", count == 1 ? "was" : "were")
        return "\(count) of \(total) \(tasks) \(verb) seen before by the model (column seen): its "
            + "means are no estimate for new people."
    }
}
