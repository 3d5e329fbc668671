package import Documents
private import EMGArchive
private import ErrorReports
private import Foundation
private import Sharding

extension ArchiveStatus {
    /// The status for programs.
    package var document: DocumentValue {
        .object([
            "archive": .string(archive.folder.relativePath), "complete": .boolean(isComplete),
            "recordings": .integer(recordingCount), "partial_files": .integer(partialCount),
            "superseded_records": .integer(supersededCount),
            "steps": .array(works.map(\.document)),
        ])
    }
}

extension ArchiveStatus.Work {
    fileprivate var document: DocumentValue {
        let refused: [DocumentValue] = zip(results, list.items).compactMap { result, item in
            guard case .refused(let error) = result else { return nil }
            return .object(["input": .string(item.input), "error": error.document])
        }
        return .object([
            "step": .string(step), "list_sha256": .string(list.sha256),
            "inputs": .integer(list.items.count), "done": .integer(doneCount),
            "refused": .array(refused), "missing": .strings(missing.map(\.input)),
            "skipped": .integer(skipped.count), "settings": .strings(settings),
            "divisions": .array(divisions.map(\.document)),
        ])
    }
}

extension ArchiveStatus.Division {
    fileprivate var document: DocumentValue {
        .object([
            "shards": .integer(count), "done": .integers(records.map(\.shard.index)),
            "missing": .integers(missing.map(\.index)), "idle_share": .number(idleShare),
            "longest_s": .number(longestSeconds), "mean_s": .number(meanSeconds),
            "records": .array(records.map(\.brief)),
        ])
    }
}

extension ShardRecord {
    /// The record without its inputs.
    fileprivate var brief: DocumentValue {
        .object([
            "shard": .integer(shard.index), "host": .string(host), "threads": .integer(threads),
            "began": .string(began), "ended": .string(ended), "duration_s": .number(seconds),
            "bytes": .integer(bytes), "inputs": .integer(entries.count),
            "refused": .integer(refusedCount),
        ])
    }
}
