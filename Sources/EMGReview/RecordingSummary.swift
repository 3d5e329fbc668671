import EMGArchive
import EMGSignal

/// What the list tells of a recording, kept for every recording of the archive.
struct RecordingSummary: Sendable {
    let entry: RecordingArchive.Entry
    /// What could be read, or why it could not.
    let content: Result<Content, Fault>

    /// A recording's header and labels, small.
    struct Content: Sendable {
        let header: RecordingHeader
        let runs: [LabelTrack.Run]
        /// Samples of each class, in the order of the header's class names.
        let classSamples: [Int]
    }

    /// Why a recording cannot be reviewed.
    struct Fault: Error, Sendable {
        let text: String
    }

    /// Reads a recording's header and labels; its samples are not looked at.
    ///
    /// - Parameters:
    ///   - entry: The recording.
    ///   - archive: Where it lies.
    /// - Returns: What could be read, or why it could not.
    static func read(
        _ entry: RecordingArchive.Entry, of archive: RecordingArchive
    ) -> RecordingSummary {
        do throws(ArchiveError) {
            let metadata = try archive.readMetadata(entry)
            let runs = metadata.labels?.runs ?? []
            var counts = [Int](repeating: 0, count: metadata.header.classNames?.count ?? 0)
            for run in runs { counts[Int(run.label)] += run.range.count }
            return RecordingSummary(
                entry: entry,
                content: .success(
                    Content(header: metadata.header, runs: runs, classSamples: counts)))
        } catch {
            return RecordingSummary(
                entry: entry, content: .failure(Fault(text: error.description)))
        }
    }

    /// The classes of its labels; none when it has none or cannot be read.
    var classNames: [String] { (try? content.get().header.classNames) ?? [] }

    /// The name that the archive gives it; as its place says when it cannot be read.
    var identity: RecordingIdentity? {
        if case .success(let content) = content {
            content.header.identity
        } else {
            entry.placedIdentity
        }
    }
}
