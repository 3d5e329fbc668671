package import EMGArchive
package import ErrorReports
internal import Files
internal import Foundation
internal import HDF5
internal import Sharding

/// What is done of an archive that shards write: by the records that they left, and by what is
/// there.
package struct ArchiveStatus: Sendable, Hashable {
    /// The archive.
    package let archive: RecordingArchive
    /// How many recordings it has.
    package let recordingCount: Int
    /// Partial files that somebody writes, or that a killed process of another machine left.
    package let partialCount: Int
    /// What shards worked on.
    package let works: [Work]
    /// How many records are of lists of the same inputs that have changed since.
    package let supersededCount: Int

    /// A list of inputs and what came of it.
    package struct Work: Sendable, Hashable {
        /// `convert` or `filter`.
        package let step: String
        /// The list.
        package let list: WorkList
        /// What came of each input of the list.
        package let results: [Result]
        /// The ways in which the list was divided, the one that was recorded last in front.
        package let divisions: [Division]
        /// What the search left out.
        package let skipped: [BatchItem]
        /// What concerns no single input.
        package let warnings: [String]
        /// Whether a first shard has recorded what concerns no single input.
        package let hasFirst: Bool
        /// The settings that shards had, more than one when they differ.
        package let settings: [String]

        /// Inputs that were done.
        package var doneCount: Int {
            results.count { if case .done = $0 { true } else { false } }
        }

        /// Inputs that no shard has recorded, or whose recordings are not there any more.
        package var missing: [WorkList.Item] {
            zip(results, list.items).filter { $0.0 == .missing }.map(\.1)
        }

        /// Inputs that were refused.
        package var refusals: [FaultGroup.Note] {
            zip(results, list.items).compactMap { result, item in
                guard case .refused(let error) = result else { return nil }
                return FaultGroup.Note(subject: item.input, text: error.description)
            }
        }
    }

    /// What came of an input.
    package enum Result: Sendable, Hashable {
        /// Its recording is there, by its id.
        case done(recording: String)
        /// It could not be used.
        case refused(ErrorReport)
        /// Nobody has recorded it, or its recording is gone.
        case missing
    }

    /// Whether nothing is refused or missing, what the first shard tells of the whole included.
    package var isComplete: Bool {
        works.allSatisfy { $0.doneCount == $0.results.count && $0.hasFirst }
    }

    /// Reads what shards recorded.
    ///
    /// - Parameter archive: The archive.
    /// - Throws: `ArchiveError` when the folder cannot be read or no shard has recorded anything,
    ///   `DocumentError` for a damaged record.
    package init(of archive: RecordingArchive) throws {
        self.archive = archive
        recordingCount = try archive.recordings().count
        partialCount = try Folder.subpaths(of: archive.folder).count { $0.hasSuffix(".partial") }
        let works = try ShardFolder(of: archive.folder).works()
        guard !works.isEmpty else {
            throw ArchiveError(
                .invalid(expected: "an archive that shards wrote", found: "no record of one"),
                at: Place(file: archive.folder.path(percentEncoded: false)),
                hint: "records are written by convert --shard and filter --shard; a shard that is "
                    + "killed leaves none")
        }
        // Lists of the same inputs are of one command: the last of them has what is there now.
        var last: [[String]: ShardedWork] = [:]
        for work in works {
            let key = work.key
            if let other = last[key], other.ended >= work.ended { continue }
            last[key] = work
        }
        let current = works.filter { last[$0.key] == $0 }
        supersededCount =
            works.reduce(0) { $0 + $1.records.count }
            - current.reduce(0) { $0 + $1.records.count }
        self.works = current.map { Work($0, in: archive) }
    }
}

extension ShardedWork {
    /// What tells one command from another: the step and what the user named.
    fileprivate var key: [String] { [records[0].step] + (records.last?.inputs ?? []) }
    /// When the last record was written.
    fileprivate var ended: String { records.last?.ended ?? "" }
}

extension ArchiveStatus.Work {
    init(_ work: ShardedWork, in archive: RecordingArchive) {
        step = work.records[0].step
        list = work.list
        var results = [ArchiveStatus.Result](repeating: .missing, count: work.list.items.count)
        for record in work.records {
            for entry in record.entries where results.indices.contains(entry.number) {
                results[entry.number] =
                    switch entry.item.outcome {
                    case .refused(let error): .refused(error)
                    case .written, .upToDate, .skipped:
                        .done(recording: entry.item.recordings.first ?? "")
                    }
            }
        }
        self.results = results.map { result in
            guard case .done(let id) = result, !archive.has(id) else { return result }
            return .missing
        }
        var counts: [Int] = []
        for count in work.records.reversed().map(\.shard.count) where !counts.contains(count) {
            counts.append(count)
        }
        divisions = counts.map { count in
            ArchiveStatus.Division(count, work.records.filter { $0.shard.count == count })
        }
        let first = work.records.last { $0.shard.isFirst }
        hasFirst = first != nil
        skipped = first?.skipped ?? []
        warnings = first?.warnings ?? []
        settings = Set(work.records.map(\.settings)).sorted()
    }
}

extension RecordingArchive {
    /// Whether there is a file of a recording.
    fileprivate func has(_ id: String) -> Bool {
        let url = folder.appending(path: "\(id).\(Self.fileExtension)")
        return !id.isEmpty
            && FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
    }
}
