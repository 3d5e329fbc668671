internal import Documents
package import EMGArchive
internal import EMGSignal
internal import ErrorReports
internal import Files
package import Foundation

/// What came of all inputs of an archive, over all shards: `summary.json` in its folder.
///
/// It says what the archive has of which sources, and nothing of how the work was divided: the same
/// sources give the same bytes, whether one process or sixteen did it, and however often.
package struct ArchiveSummary: Sendable, Hashable {
    /// What it is the summary of.
    package let status: ArchiveStatus

    private static let format = "myotask.archive-summary"
    /// The file's name.
    package static let fileName = "summary.json"

    /// Creates the summary of an archive.
    ///
    /// - Parameter status: What is done of it.
    package init(_ status: ArchiveStatus) {
        self.status = status
    }

    /// Writes the summary into the archive's folder.
    ///
    /// - Returns: The file.
    /// - Throws: `ArchiveError` when it cannot be written.
    @discardableResult
    package func write() throws(ArchiveError) -> URL {
        let url = status.archive.folder.appending(
            path: Self.fileName, directoryHint: .notDirectory)
        let text = json
        try ArchiveError.wrapping { () throws(FilesError) in try AtomicFile.write(text, to: url) }
        return url
    }

    /// The summary as a JSON text.
    package var json: String {
        let works = status.works.sorted {
            ($0.step, $0.list.sha256) < ($1.step, $1.list.sha256)
        }
        return DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(1),
            "software": .string(SoftwareVersion.text), "complete": .boolean(status.isComplete),
            "recordings": .integer(status.recordingCount),
            "steps": .array(works.map(\.summary)),
        ]).json(
            .indented(
                onOneLine: ["steps.*.items.*", "steps.*.skipped.*"],
                continuing: [
                    "format_version", "steps.*.refused", "steps.*.missing",
                ]))
    }
}

extension ArchiveStatus.Work {
    fileprivate var summary: DocumentValue {
        .object([
            "step": .string(step), "inputs": .integer(list.items.count),
            "bytes": .integer(list.items.reduce(0) { $0 + $1.bytes }),
            "done": .integer(doneCount), "refused": .integer(refusals.count),
            "missing": .integer(missing.count), "warnings": .strings(warnings),
            "items": .array(
                zip(list.items, results).map { item, result in
                    let (name, id, error): (String, String?, ErrorReport?) =
                        switch result {
                        case .done(let id): ("done", id, nil)
                        case .refused(let error): ("refused", nil, error)
                        case .missing: ("missing", nil, nil)
                        }
                    return .object(known: [
                        "input": .string(item.input), "bytes": .integer(item.bytes),
                        "result": .string(name), "recording": id.map { .string($0) },
                        "error": error?.document,
                    ])
                }),
            "skipped": .array(
                skipped.map { item in
                    guard case .skipped(let reason) = item.outcome else { return .null }
                    return .object(["input": .string(item.input), "reason": .string(reason)])
                }),
        ])
    }
}
