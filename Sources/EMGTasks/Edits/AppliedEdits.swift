import Documents
import EMGArchive
import EMGSignal
import Foundation

/// The edits that a collection is built with.
struct AppliedEdits: Sendable {
    let file: EditFile
    let take: EditSelection.Take?
    private let recordings: [String: RecordingEdits]
    private let names: RenamedRecordings

    /// - Throws: `DocumentError` with the place of the fault.
    init(_ selection: EditSelection) throws(DocumentError) {
        self.init(try EditFile(contentsOf: selection.file), take: selection.take)
    }

    /// Edits of nothing.
    init() {
        self.init(EditFile(EditJournal(), name: ""), take: nil)
    }

    init(_ file: EditFile, take: EditSelection.Take?) {
        self.file = file
        self.take = take
        recordings = file.journal.recordings
        names = file.journal.names
    }

    /// Whether a recording may become a task.
    func takes(_ id: String) -> Bool {
        let state = recordings[id]?.state ?? .unseen
        return switch take {
        case .approved: state == .approved
        case .unrejected: state != .rejected
        case nil: true
        }
    }

    /// The recordings that were decided about and are not there.
    func missing(from ids: Set<String>) -> [String] {
        recordings.keys.filter { !ids.contains($0) }.sorted(by: NaturalOrder.precedes)
    }

    /// What is changed of a recording; `nil` for nothing.
    ///
    /// - Throws: ``TaskError`` with the place of a decision that does not fit.
    func applied(to metadata: RecordingMetadata) throws(TaskError) -> EditedMetadata? {
        let id = metadata.header.identity.id
        let edits = recordings[id] ?? RecordingEdits()
        guard edits.changesData || !names.isEmpty else { return nil }
        do throws(DocumentError) {
            return try EditedMetadata(edits, names, to: metadata, of: file)
        } catch {
            throw Self.mismatch(error, of: id)
        }
    }

    private static func mismatch(_ error: DocumentError, of id: String) -> TaskError {
        TaskError(
            .mismatchedEdit(error), subject: id,
            hint: "undo that decision in \"myotask review\"")
    }

    // MARK: Names

    /// The name that a recording has.
    func identity(of archived: RecordingIdentity) -> RecordingIdentity {
        names.identity(of: archived)
    }

    /// The recordings of an archive that may become tasks, by the ids that they have.
    func entries(
        of archive: RecordingArchive
    ) throws(ArchiveError) -> [String: RecordingArchive.Entry] {
        var result: [String: RecordingArchive.Entry] = [:]
        for entry in try archive.recordings() where takes(entry.id) {
            if names.decision(about: entry.id) == nil {
                result[entry.id] = entry
            } else {
                // Only the file says which part of a name is its run. A name that another recording
                // has by itself stays that one's.
                do throws(ArchiveError) {
                    let id = identity(of: try archive.readHeader(entry).identity).id
                    result[id] = result[id] ?? entry
                } catch {
                    // A recording that cannot be read has become no task.
                    if error.machineFault != nil { throw error }
                }
            }
        }
        return result
    }

    /// Why recordings that people gave the name of another one are refused, by their ids in the
    /// archive.
    ///
    /// - Parameter archived: The names that the archive gives to the recordings that are taken.
    /// - Returns: The reasons; none when all names differ.
    func duplicates(among archived: [RecordingIdentity]) -> [String: TaskError] {
        let found = names.duplicates(among: archived).compactMap { id, other in
            names.decision(about: id).map { decision in
                (
                    id,
                    Self.mismatch(
                        file.error(
                            at: decision, expected: "a name that no other recording has",
                            found: "one that \(other) has, too",
                            hint: "another \"condition\" or \"run\" tells them apart"), of: id)
                )
            }
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// The classes that people gave to recordings.
    func classNames(of ids: [String]) -> [String] {
        ids.flatMap { recordings[$0]?.relabelings.map(\.className) ?? [] }
    }

    /// What a manifest's history tells of the edits.
    var parameters: [String: ProcessingStep.Value] {
        var parameters: [String: ProcessingStep.Value] = [
            "edits.file": .text(file.name), "edits.sha256": .text(file.sha256),
            "edits.decisions": .integer(file.journal.revision),
        ]
        parameters["edits.take"] = take.map { .text($0.rawValue) }
        return parameters
    }
}

extension AppliedEdits {
    /// The edits that a collection was built with.
    ///
    /// - Parameters:
    ///   - manifest: The collection's manifest.
    ///   - url: Where the edit file is now; `nil` when there is none.
    /// - Throws: ``TaskError`` when it is missing or not the one that was used, `DocumentError`
    ///   when it is refused.
    init?(of manifest: CollectionManifest, at url: URL?) throws {
        let build = manifest.history.last { $0.operation == "build" }?.parameters ?? [:]
        guard case .text(let expected)? = build["edits.sha256"] else {
            guard let url else { return nil }
            throw TaskError(
                .mismatch(
                    what: "edits", expected: "none", found: url.lastPathComponent),
                subject: manifest.name, hint: "leave the edit file out")
        }
        let known = build["edits.file"].flatMap {
            if case .text(let name) = $0 { name } else { nil }
        }
        guard let url else {
            throw TaskError(
                .mismatch(what: "edits", expected: known ?? expected, found: "none"),
                subject: manifest.name, hint: "name the edit file with --edits")
        }
        let file = try EditFile(contentsOf: url)
        guard file.sha256 == expected else {
            throw TaskError(
                .mismatch(
                    what: "the edit file's SHA-256", expected: expected, found: file.sha256),
                subject: manifest.name,
                hint: "find \(known ?? "the edit file") as it was when the collection was built")
        }
        let take = build["edits.take"].flatMap {
            if case .text(let name) = $0 { EditSelection.Take(rawValue: name) } else { nil }
        }
        self.init(file, take: take)
    }
}
