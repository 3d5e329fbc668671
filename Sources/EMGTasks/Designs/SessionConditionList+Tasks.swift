package import EMGArchive
internal import EMGSignal

extension SessionConditionList {
    /// A list of tasks.
    ///
    /// - Parameters:
    ///   - patterns: The tasks, each `patient/session/condition` without wildcards behind the
    ///     patient.
    ///   - subject: What they come from, for errors.
    /// - Throws: ``TaskError`` for what a list cannot say.
    package init(_ patterns: [TaskPattern], subject: String) throws(TaskError) {
        var entries: [Entry] = []
        for pattern in patterns {
            guard let (session, condition) = pattern.sessionAndCondition,
                !(session + condition).contains(where: { $0 == "*" || $0 == "?" })
            else {
                throw TaskError(
                    .mismatch(
                        what: "task", expected: "patient/session/condition, without patterns",
                        found: pattern.text), subject: subject,
                    hint: "a session–condition list names recordings one by one")
            }
            entries.append(Entry(session: session, condition: condition))
        }
        self.init(entries: entries)
    }

    /// The tasks of a collection, or of one of its splits.
    ///
    /// - Parameters:
    ///   - ids: The tasks, in the order of the list.
    ///   - manifest: The collection's manifest.
    /// - Throws: ``TaskError`` when session and condition do not say two tasks apart, or a task is
    ///   one of several runs.
    package init(
        _ ids: [String], of manifest: CollectionManifest
    ) throws(TaskError) {
        let identities = Dictionary(
            manifest.tasks.map { ($0.id, $0.identity) }, uniquingKeysWith: { first, _ in first })
        var owners: [Entry: String] = [:]
        for task in manifest.tasks where task.identity.run.isEmpty {
            let entry = Entry(
                session: task.identity.session, condition: task.identity.condition)
            guard let other = owners.updateValue(task.id, forKey: entry) else { continue }
            throw TaskError(
                .mismatch(
                    what: "tasks of one session and condition", expected: "one",
                    found: "\(other) and \(task.id)"), subject: manifest.name,
                hint: "a session–condition list cannot distinguish them")
        }
        var entries: [Entry] = []
        for id in ids {
            guard let identity = identities[id], identity.run.isEmpty else {
                throw TaskError(
                    .mismatch(what: "task", expected: "one without a run", found: id),
                    subject: manifest.name, hint: "a session–condition list cannot name runs")
            }
            entries.append(Entry(session: identity.session, condition: identity.condition))
        }
        self.init(entries: entries)
    }
}
