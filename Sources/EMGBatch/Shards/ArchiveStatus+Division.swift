package import Sharding

extension ArchiveStatus {
    /// One way in which a list was divided, and the records of its shards.
    package struct Division: Sendable, Hashable {
        /// How many shards there are.
        package let count: Int
        /// What those that ended recorded, in their order.
        package let records: [ShardRecord]

        init(_ count: Int, _ records: [ShardRecord]) {
            self.count = count
            self.records = records.sorted { $0.shard.index < $1.shard.index }
        }

        /// The shards that have recorded nothing.
        package var missing: [Shard] {
            let done = Set(records.map(\.shard.index))
            return Shard.all(of: count).filter { !done.contains($0.index) }
        }

        /// The seconds of the shard that took longest.
        package var longestSeconds: Double { records.map(\.seconds).max() ?? 0 }

        /// The mean of the shards' seconds.
        package var meanSeconds: Double {
            records.isEmpty ? 0 : records.reduce(0) { $0 + $1.seconds } / Double(records.count)
        }

        /// Which share of the time shards would wait for the one that took longest, if they began
        /// at once: 0 when all took as long.
        package var idleShare: Double {
            longestSeconds > 0 ? 1 - meanSeconds / longestSeconds : 0
        }
    }
}
