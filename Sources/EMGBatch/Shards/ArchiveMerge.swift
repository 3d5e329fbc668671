internal import Documents
package import EMGArchive
internal import ErrorReports
internal import Files
internal import Foundation
internal import HDF5
internal import Sharding

/// Puts archives that shards wrote apart, each on a disk of its own, into one.
///
/// A recording that several of them have is one when the bytes are; where they differ none is
/// taken, as nobody can tell which is right. Files are shared by hard links where the disk can,
/// else copied; a merge that was stopped goes on.
package struct ArchiveMerge: Sendable {
    /// The archives.
    package let archives: [RecordingArchive]
    /// Where all of it goes; it may be one of them.
    package let output: RecordingArchive

    /// Creates a merge.
    ///
    /// - Parameters:
    ///   - archives: The archives, at least one.
    ///   - output: Where all of it goes; it may be one of them.
    package init(_ archives: [RecordingArchive], into output: RecordingArchive) {
        self.archives = archives
        self.output = output
    }

    /// What came of a merge.
    package struct Report: Sendable, Hashable {
        /// How many recordings came into the output.
        package fileprivate(set) var mergedCount = 0
        /// How many were there already.
        package fileprivate(set) var presentCount = 0
        /// Recordings of which there are several with other bytes.
        package fileprivate(set) var refused: [BatchItem] = []
    }

    /// Puts the archives together, with the records of their shards.
    ///
    /// - Parameter progress: Called with the number of recordings done and in all.
    /// - Returns: What came of it.
    /// - Throws: `ArchiveError` when an archive cannot be listed or the output not be written,
    ///   `DocumentError` for a damaged record.
    package func run(progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }) throws -> Report {
        var files: [String: [URL]] = [:]
        var order: [String] = []
        let isThere = FileManager.default.fileExists(
            atPath: output.folder.path(percentEncoded: false))
        if isThere {
            try ArchiveError.wrapping { () throws(FilesError) in
                _ = try StaleFiles.sweep(in: output.folder)
            }
        }
        var seen: Set<String> = []
        for archive in (isThere ? [output] : []) + archives {
            guard seen.insert(Self.place(of: archive)).inserted else { continue }
            for entry in try archive.recordings() {
                if files[entry.id] == nil { order.append(entry.id) }
                files[entry.id, default: []].append(entry.url)
            }
        }
        var report = Report()
        let here = Self.place(of: output)
        for (done, id) in order.enumerated() {
            let candidates = files[id] ?? []
            if let other = try candidates.dropFirst().first(where: {
                try !Self.areEqual(candidates[0], $0)
            }) {
                report.refused.append(Self.conflict(id, candidates[0], other))
            } else if Self.isInside(candidates[0], here) {
                report.presentCount += 1
            } else {
                let target = output.folder.appending(
                    path: "\(id).\(RecordingArchive.fileExtension)", directoryHint: .notDirectory)
                try ArchiveError.wrapping { () throws(FilesError) in
                    try AtomicFile.share(candidates[0].resolvingSymlinksInPath(), at: target)
                }
                report.mergedCount += 1
            }
            progress(done + 1, order.count)
        }
        try mergeRecords()
        return report
    }

    /// Takes over the records of shards; of a shard that two archives have, the later one.
    private func mergeRecords() throws {
        let target = ShardFolder(of: output.folder)
        for archive in archives where Self.place(of: archive) != Self.place(of: output) {
            let own = try target.works()
            for work in try ShardFolder(of: archive.folder).works() {
                let present = own.first { $0.list.sha256 == work.list.sha256 }?.records ?? []
                for record in work.records {
                    let isOlder = present.contains {
                        $0.step == record.step && $0.shard == record.shard
                            && $0.ended >= record.ended
                    }
                    guard !isOlder else { continue }
                    try ArchiveError.wrapping { () throws(FilesError) in
                        try target.write(record, of: work.list)
                    }
                }
            }
        }
    }

    // MARK: - Files

    private static func place(of archive: RecordingArchive) -> String {
        archive.folder.resolvingSymlinksInPath().standardizedFileURL.path(percentEncoded: false)
    }

    private static func isInside(_ file: URL, _ folder: String) -> Bool {
        let path = file.resolvingSymlinksInPath().standardizedFileURL.path(percentEncoded: false)
        return path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }

    /// Whether two files have the same bytes.
    private static func areEqual(_ one: URL, _ other: URL) throws(ArchiveError) -> Bool {
        do {
            let files = FileManager.default
            let sizes = try [one, other].map {
                try files.attributesOfItem(
                    atPath: $0.resolvingSymlinksInPath().path(percentEncoded: false))[.size]
                    as? NSNumber
            }
            guard sizes[0] == sizes[1] else { return false }
            let (first, second) = (
                try FileHandle(forReadingFrom: one), try FileHandle(forReadingFrom: other)
            )
            defer {
                first.closeFile()
                second.closeFile()
            }
            while true {
                let piece = try first.read(upToCount: 1 << 20) ?? Data()
                guard try second.read(upToCount: 1 << 20) ?? Data() == piece else { return false }
                if piece.isEmpty { return true }
            }
        } catch {
            throw ArchiveError("reading", error, .reading, at: one, hint: FilesError.readingHint)
        }
    }

    private static func conflict(_ id: String, _ one: URL, _ other: URL) -> BatchItem {
        let error = ArchiveError(
            .invalid(
                expected: "the bytes of \(one.path(percentEncoded: false))",
                found: "another recording of that name"),
            at: Place(file: other.path(percentEncoded: false)),
            hint: "remove one of them, or convert both with the same software and options")
        return BatchItem(input: id, outcome: .refused(ErrorReport(error)))
    }
}
