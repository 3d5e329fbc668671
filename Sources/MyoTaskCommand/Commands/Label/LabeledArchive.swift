import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Experiments
import Foundation

/// An archive with the edit file to which decisions are added.
struct LabeledArchive {
    /// What is decided about a recording.
    struct Decision {
        let entry: RecordingArchive.Entry
        let actions: [EditDecision.Action]
    }

    let archive: RecordingArchive
    /// All recordings of the archive.
    let all: [RecordingArchive.Entry]
    /// The recordings that were asked for.
    let entries: [RecordingArchive.Entry]
    let store: EditStore
    private let reviewer: String

    /// - Parameters:
    ///   - archive: The archive.
    ///   - file: The one recording that is meant; `nil` for all.
    ///   - edits: The edit file, which need not be there.
    ///   - reviewer: Who decides.
    /// - Throws: `ArchiveError` when the archive cannot be listed, `ExperimentError` when it has no
    ///   recording, `DocumentError` when the edit file is none.
    init(
        _ archive: RecordingArchive, only file: URL?, edits: URL, by reviewer: String
    ) throws {
        self.archive = archive
        let all = try archive.recordings()
        self.all = all
        entries =
            file.map { file in all.filter { $0.url.standardizedFileURL.path() == file.path() } }
            ?? all
        guard !entries.isEmpty else {
            throw ExperimentError(
                .missing("a recording of an archive"),
                at: (file ?? archive.folder).path(percentEncoded: false),
                hint: "labels are added to what convert has made: "
                    + "myotask convert lab/ --output archive")
        }
        store = EditStore(edits)
        self.reviewer = reviewer
        _ = try store.current()
    }

    /// The recordings that fit a pattern, or all.
    func entries(fitting patterns: [String]) throws -> [RecordingArchive.Entry] {
        guard !patterns.isEmpty else { return entries }
        var found: [RecordingArchive.Entry] = []
        for text in patterns {
            let own = entries.filter { TaskPattern(text)?.fits($0.id) ?? false }
            guard !own.isEmpty else {
                throw ExperimentError(
                    .missing("a recording \(text)"), at: archive.folder.relativePath,
                    hint: Spelling.suggestion(for: text, among: all.prefix(20).map(\.id)))
            }
            found += own.filter { !found.contains($0) }
        }
        return found
    }

    /// A recording with the decisions about it applied.
    ///
    /// - Throws: `ArchiveError` when it cannot be read, `DocumentError` at a decision that does not fit.
    func metadata(_ entry: RecordingArchive.Entry) throws -> EditedMetadata {
        let file = try store.current()
        return try EditedMetadata(
            file.journal.recordings[entry.id] ?? RecordingEdits(), file.journal.names,
            to: archive.readMetadata(entry), of: file)
    }

    /// Writes decisions into the edit file, all or none.
    ///
    /// - Parameter decisions: What is decided, in order.
    /// - Returns: How many decisions the file holds now.
    /// - Throws: `DocumentError` for one that does not fit its recording, `FilesError` when the file
    ///   cannot be written.
    func decide(_ decisions: [Decision]) throws -> Int {
        let time = Date().formatted(.iso8601)
        while true {
            let seen = try store.current().journal
            var trial = seen
            for decision in decisions {
                let header = try archive.readHeader(decision.entry)
                for action in decision.actions {
                    try trial.check(action, to: decision.entry.id, of: header, among: identities)
                    trial.append(action, to: decision.entry.id, by: reviewer, at: time)
                }
            }
            do throws(EditStore.Refusal) {
                let file = try store.change(from: seen.revision) { $0 = trial }
                return file.journal.revision
            } catch {
                switch error {
                // Somebody decided meanwhile: the decisions are held against what they did.
                case .changedMeanwhile: continue
                case .document(let fault): throw fault
                case .file(let fault): throw fault
                }
            }
        }
    }

    /// The names of all recordings; those of unreadable ones as their places say.
    private func identities() -> [RecordingIdentity] {
        all.compactMap { (try? archive.readHeader($0).identity) ?? $0.placedIdentity }
    }
}
