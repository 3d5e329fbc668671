private import Digests
private import EMGSignal
private import Foundation

/// Whose recordings a model has seen, and which: hashes, in ascending order.
package struct PeopleAndSources: Sendable, Hashable {
    /// A SHA-256 for each person, see ``person(_:)``.
    package internal(set) var people: [String]
    /// The SHA-256 of each file that the laboratory recorded; without files that hold recordings
    /// of several people, which distinguish nobody.
    package internal(set) var sources: [String]

    /// Creates a list.
    ///
    /// - Parameters:
    ///   - people: Hashes of people.
    ///   - sources: Hashes of files.
    package init(people: some Sequence<String> = [], sources: some Sequence<String> = []) {
        self.people = Set(people).sorted()
        self.sources = Set(sources).sorted()
    }

    /// Lists tasks.
    init(_ tasks: some Sequence<CollectionManifest.Entry>, without shared: Set<String>) {
        self.init(
            people: tasks.map { Self.person($0.identity.patient) },
            sources: tasks.flatMap(\.sources).map(\.sha256).filter { !shared.contains($0) })
    }

    /// The hash of a person: the SHA-256 of `myotask.person`, a line feed and the patient's name
    /// in Unicode's composed form.
    ///
    /// - Parameter patient: The patient as in a recording's identity.
    /// - Returns: 64 hexadecimal digits.
    package static func person(_ patient: String) -> String {
        SHA256.digest(
            of: Array("myotask.person\n\(patient.precomposedStringWithCanonicalMapping)".utf8))
    }

    /// The files that hold different recordings of several people, as some archives do.
    ///
    /// One recording that stands under two names gives the same tensors twice and is no such file.
    ///
    /// - Parameter tasks: All tasks of a collection.
    /// - Returns: The files' hashes.
    package static func sharedSources(of tasks: [CollectionManifest.Entry]) -> Set<String> {
        let files = Dictionary(
            tasks.flatMap { task in task.sources.map { ($0.sha256, [task]) } },
            uniquingKeysWith: +)
        return Set(
            files.filter { _, tasks in
                Set(tasks.map(\.identity.patient)).count > 1
                    && Set(tasks.map(\.tensor.sha256)).count > 1
            }.keys)
    }
}
