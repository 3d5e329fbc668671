internal import Documents
internal import EMGArchive
internal import EMGSignal

/// Which recordings of a person make a task together: support from one, query from others, as from
/// before and after an electrode shift, or from one day and the next.
package struct RecordingParts: Sendable, Hashable {
    /// Whose recordings make a task.
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        /// All recordings of a person.
        case person
        /// Those of a person's session; an earlier recording may be of any session.
        case session
    }

    /// What the support comes from.
    package var support: [TaskPattern]
    /// What the query comes from.
    package var query: [TaskPattern]
    /// What was recorded before, for methods that may know the person.
    package var earlier: [TaskPattern]
    /// Whose recordings make a task.
    package var subject: Subject

    /// Creates parts.
    ///
    /// - Parameters:
    ///   - support: What the support comes from, at least one pattern.
    ///   - query: What the query comes from, at least one pattern.
    ///   - earlier: What was recorded before.
    ///   - subject: Whose recordings make a task.
    package init(
        support: [TaskPattern], query: [TaskPattern], earlier: [TaskPattern] = [],
        subject: Subject = .person
    ) {
        self.support = support
        self.query = query
        self.earlier = earlier
        self.subject = subject
    }

    /// What a recording is for; `nil` for nothing.
    ///
    /// - Parameter id: The recording's id.
    /// - Returns: The part.
    /// - Throws: ``TaskError`` when it is for two.
    func part(of id: String) throws(TaskError) -> CollectionManifest.TaskRecording.Part? {
        let lists: [(CollectionManifest.TaskRecording.Part, [TaskPattern])] = [
            (.support, support), (.query, query), (.earlier, earlier),
        ]
        let found = lists.filter { $0.1.contains { $0.fits(id) } }.map(\.0)
        guard found.count < 2 else {
            throw TaskError(
                .inTwoSplits(
                    task: id, one: found[0].rawValue, other: found[1].rawValue), subject: id,
                hint: "what a model adapts to or knows before cannot be what it is evaluated on: "
                    + "narrow the patterns of split.\(found[0].rawValue)_from and "
                    + "split.\(found[1].rawValue)_from")
        }
        return found.first
    }
}
