internal import Documents
internal import EMGArchive
internal import Files
internal import Foundation
internal import Sharding

/// Where an archive keeps what its shards recorded:
///
///     .shards/convert-1f0c2b9e/list.json        the inputs that were divided
///     .shards/convert-1f0c2b9e/03-of-16.json    what the third of sixteen parts did
///
/// The digits are of the list: shards of other inputs have another folder.
struct ShardFolder: Sendable, Hashable {
    private static let name = ".shards"
    /// How many digits of a list's SHA-256 stand in a folder's name.
    private static let digits = 8

    /// The folder `.shards`.
    let url: URL

    /// - Parameter archive: The archive's folder.
    init(of archive: URL) {
        url = archive.appending(path: Self.name, directoryHint: .isDirectory)
    }

    /// The folder of the records of a list.
    func place(of step: String, _ listSHA256: String) -> URL {
        url.appending(
            path: "\(step)-\(listSHA256.prefix(Self.digits))", directoryHint: .isDirectory)
    }

    /// The folder of journals; lists' folders are not hidden.
    var journals: URL { url.appending(path: ".journals", directoryHint: .isDirectory) }

    /// Whether there are records of a step.
    func hasRecords(of step: String) throws(FilesError) -> Bool {
        try names().contains { $0.hasPrefix("\(step)-") }
    }

    /// The names of the folders of lists, in order.
    func names() throws(FilesError) -> [String] {
        guard Folder.exists(at: url) else { return [] }
        return try Folder.names(in: url).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Writes what a shard did, and what was divided.
    func write(_ record: ShardRecord, of list: WorkList) throws(FilesError) {
        let folder = place(of: record.step, list.sha256)
        try list.write(to: folder)
        try AtomicFile.write(
            record.json,
            to: folder.appending(
                path: "\(record.shard.fileName).json", directoryHint: .notDirectory))
    }

    /// The records of each list.
    ///
    /// - Throws: `DocumentError` for a damaged file, `FilesError` when a folder cannot be listed.
    func works() throws -> [ShardedWork] {
        try names().map { name in
            let folder = url.appending(path: name, directoryHint: .isDirectory)
            var records: [ShardRecord] = []
            for file in try Folder.names(in: folder).sorted() {
                guard file.hasSuffix(".json"), Shard(fileName: file.dropLast(5)) != nil else {
                    continue
                }
                records.append(
                    try ShardRecord(
                        Document(
                            contentsOf: folder.appending(
                                path: file, directoryHint: .notDirectory))))
            }
            return ShardedWork(list: try WorkList.read(in: folder), records: records)
        }.filter { !$0.records.isEmpty }
    }
}

/// A list of inputs and what shards did of it.
struct ShardedWork: Sendable, Hashable {
    /// What was divided.
    let list: WorkList
    /// What shards did, in the order of their ends; at least one.
    let records: [ShardRecord]

    init(list: WorkList, records: [ShardRecord]) {
        self.list = list
        self.records = records.sorted { ($0.ended, $0.shard.index) < ($1.ended, $1.shard.index) }
    }
}
