import Dispatch
import EMGArchive
import Parallel
import Synchronization

/// The recordings of the archive, in order, with what the list tells of them as soon as it is
/// known.
final class ArchiveCatalog: Sendable {
    let archive: RecordingArchive
    let entries: [RecordingArchive.Entry]
    private let places: [String: Int]
    private let summaries: Mutex<[RecordingSummary?]>

    /// Lists an archive and begins to read the metadata of its recordings.
    ///
    /// - Throws: `ArchiveError` when it cannot be listed.
    init(_ archive: RecordingArchive, threads: Int) throws(ArchiveError) {
        self.archive = archive
        entries = try archive.recordings()
        places = Dictionary(
            entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        summaries = Mutex(Array(repeating: nil, count: entries.count))
        DispatchQueue(label: "myotask.review.catalog", qos: .utility).async { [self] in
            _ = concurrentMap(count: entries.count, threads: threads) { summary(at: $0) }
        }
    }

    /// A recording of the archive.
    func entry(_ id: String) -> RecordingArchive.Entry? {
        places[id].map { entries[$0] }
    }

    /// What is known of a recording, read now when it was not.
    func summary(_ id: String) -> RecordingSummary? {
        places[id].map { summary(at: $0) }
    }

    /// What is known so far.
    var known: [RecordingSummary?] { summaries.withLock { $0 } }

    @discardableResult
    private func summary(at index: Int) -> RecordingSummary {
        if let known = summaries.withLock({ $0[index] }) { return known }
        let summary = RecordingSummary(entries[index], of: archive)
        summaries.withLock { $0[index] = summary }
        return summary
    }
}
