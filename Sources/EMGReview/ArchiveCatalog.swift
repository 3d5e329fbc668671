import Dispatch
import EMGArchive
import EMGSignal
import Parallel
import Synchronization

/// The recordings of the archive, in order, with what the list tells of them as soon as it is
/// known.
final class ArchiveCatalog: Sendable {
    let archive: RecordingArchive
    let entries: [RecordingArchive.Entry]
    private let places: [String: Int]
    private let summaries: Mutex<[RecordingSummary?]>

    private init(_ archive: RecordingArchive, _ entries: [RecordingArchive.Entry]) {
        self.archive = archive
        self.entries = entries
        places = Dictionary(
            entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        summaries = Mutex(Array(repeating: nil, count: entries.count))
    }

    /// Lists an archive and begins to read the metadata of its recordings.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - threads: How many are read at once.
    /// - Returns: The catalog, which fills in the background.
    /// - Throws: `ArchiveError` when it cannot be listed.
    static func open(
        _ archive: RecordingArchive, threads: Int
    ) throws(ArchiveError) -> ArchiveCatalog {
        let catalog = ArchiveCatalog(archive, try archive.recordings())
        DispatchQueue(label: "myotask.review.catalog", qos: .utility).async {
            _ = concurrentMap(count: catalog.entries.count, threads: threads) {
                catalog.summary(at: $0)
            }
        }
        return catalog
    }

    /// A recording of the archive.
    func entry(_ id: String) -> RecordingArchive.Entry? {
        places[id].map { entries[$0] }
    }

    /// What is known of a recording, read now when it was not.
    func summary(_ id: String) -> RecordingSummary? {
        places[id].map { summary(at: $0) }
    }

    /// The names of all recordings, read now where they are not known.
    var identities: [RecordingIdentity] {
        entries.indices.compactMap { summary(at: $0).identity }
    }

    /// What is known so far.
    var known: [RecordingSummary?] { summaries.withLock { $0 } }

    @discardableResult
    private func summary(at index: Int) -> RecordingSummary {
        if let known = summaries.withLock({ $0[index] }) { return known }
        let summary = RecordingSummary.read(entries[index], of: archive)
        summaries.withLock { $0[index] = summary }
        return summary
    }
}
