package import EMGArchive
private import EMGSignal
private import PrintableText

/// A task that a model has seen before it is scored on it.
package struct SeenTask: Sendable, Hashable {
    /// How a model has seen a task, the worst first.
    package enum Extent: String, Sendable, Hashable, CaseIterable {
        /// It was trained on this recording.
        case trainingRecording = "training_recording"
        /// It was trained on other recordings of this person.
        case trainingPerson = "training_person"
        /// Its best epoch was chosen by this recording.
        case validationRecording = "validation_recording"
        /// Its best epoch was chosen by other recordings of this person.
        case validationPerson = "validation_person"

        /// The mark in tables.
        package var title: String {
            switch self {
            case .trainingRecording: "trained on recording"
            case .trainingPerson: "trained on person"
            case .validationRecording: "selected by recording"
            case .validationPerson: "selected by person"
            }
        }

        /// The sentence whose end are tasks.
        fileprivate var clause: String {
            switch self {
            case .trainingRecording: "the model was trained on"
            case .trainingPerson: "the model was trained on other recordings of the people of"
            case .validationRecording: "the model was selected by"
            case .validationPerson: "the model was selected by other recordings of the people of"
            }
        }
    }

    /// The task's id, such as `patient/session/condition`.
    package let id: String
    /// How it was seen.
    package let extent: Extent

    /// Creates a seen task.
    package init(id: String, extent: Extent) {
        self.id = id
        self.extent = extent
    }
}

extension InputDescription {
    /// Which tasks of a collection hold people or recordings that the model has seen.
    ///
    /// A recording is known by the bytes of its source, whatever name stands over it.
    ///
    /// - Parameters:
    ///   - ids: Tasks of the collection.
    ///   - manifest: The collection's manifest.
    /// - Returns: The seen ones, in the order of `ids`.
    package func seenTasks(_ ids: [String], of manifest: CollectionManifest) -> [SeenTask] {
        let shared = PeopleAndSources.sharedSources(of: manifest.tasks)
        let tasks = Dictionary(
            manifest.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let parts: [(PeopleAndSources, SeenTask.Extent, SeenTask.Extent)] = [
            (training, .trainingRecording, .trainingPerson),
            (validation, .validationRecording, .validationPerson),
        ]
        let known = parts.map { (Set($0.0.sources), Set($0.0.people), $0.1, $0.2) }
        return ids.compactMap { id in
            guard let task = tasks[id] else { return nil }
            let own = task.sources.map(\.sha256).filter { !shared.contains($0) }
            let person = PeopleAndSources.person(task.identity.patient)
            for (sources, people, asRecording, asPerson) in known {
                if own.contains(where: sources.contains) {
                    return SeenTask(id: id, extent: asRecording)
                }
                if people.contains(person) { return SeenTask(id: id, extent: asPerson) }
            }
            return nil
        }
    }
}

extension SeenTask {
    /// Which tasks were seen how, in a sentence.
    ///
    /// - Parameters:
    ///   - tasks: At least one.
    ///   - count: How many tasks of each extent are named.
    /// - Returns: The sentence, without a period.
    package static func summary(of tasks: [SeenTask], naming count: Int) -> String {
        Extent.allCases.compactMap { extent in
            let ids = tasks.filter { $0.extent == extent }.map(\.id)
            guard !ids.isEmpty else { return nil }
            let more = ids.count > count ? " and \(ids.count - count) more" : ""
            let names = ids.prefix(count).map { $0.printable() }.joined(separator: ", ")
            return "\(extent.clause) \(names)\(more)"
        }.joined(separator: "; ")
    }
}
