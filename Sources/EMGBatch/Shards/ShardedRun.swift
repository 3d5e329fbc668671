internal import Files
internal import Foundation
internal import Sharding

/// A shard's run of a step, from its begin to its record.
struct ShardedRun: Sendable {
    /// Which part.
    let shard: Shard
    private let step: String
    private let began = Date()
    private let start = ContinuousClock.now

    /// A run that leaves a record: one of a shard, or of everything in an archive that shards wrote
    /// to, which must not be said to lack what is there.
    ///
    /// - Parameters:
    ///   - shard: Which part; `nil` for everything.
    ///   - step: `convert` or `filter`.
    ///   - archive: The folder that is written to.
    /// - Returns: `nil` when nobody asks for a record.
    /// - Throws: `FilesError` when the archive's records cannot be listed.
    static func begin(
        _ shard: Shard?, of step: String, in archive: URL
    ) throws(FilesError) -> ShardedRun? {
        if let shard { return ShardedRun(shard: shard, step: step) }
        let isRecorded = try ShardFolder(of: archive).hasRecords(of: step)
        return isRecorded ? ShardedRun(shard: .whole, step: step) : nil
    }

    private init(shard: Shard, step: String) {
        self.shard = shard
        self.step = step
    }

    /// What a record says beside the results.
    struct Circumstances: Sendable {
        /// The files and folders that the user named.
        let inputs: [String]
        /// What the results depend on beside their sources.
        let settings: String
        /// The software.
        let software: String
        /// How many threads worked.
        let threads: Int
    }

    /// Writes the record.
    ///
    /// - Parameters:
    ///   - archive: The folder that was written to.
    ///   - list: What was divided.
    ///   - items: What came of the inputs of this part, by their places in the list.
    ///   - skipped: What the search left out.
    ///   - warnings: What concerns no single input.
    ///   - circumstances: How it was done.
    /// - Throws: `FilesError` when it cannot be written.
    func record(
        in archive: URL, _ list: WorkList, _ items: [(number: Int, item: BatchItem)],
        skipped: [BatchItem] = [], warnings: [String] = [], _ circumstances: Circumstances
    ) throws(FilesError) {
        let duration = ContinuousClock.now - start
        let record = ShardRecord(
            step: step, shard: shard, listSHA256: list.sha256, inputCount: list.items.count,
            inputs: circumstances.inputs, settings: circumstances.settings,
            host: HostName.current, software: circumstances.software,
            threads: circumstances.threads, began: ShardRecord.text(of: began),
            ended: ShardRecord.text(of: Date()),
            seconds: Double(duration.components.seconds)
                + Double(duration.components.attoseconds) * 1e-18,
            entries: items.map {
                ShardRecord.Entry(
                    number: $0.number, bytes: list.items[$0.number].bytes, item: $0.item)
            }, skipped: skipped, warnings: warnings)
        try ShardFolder(of: archive).write(record, of: list)
    }
}
