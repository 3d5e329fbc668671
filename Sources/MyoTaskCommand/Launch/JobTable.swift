import Foundation
import Launching

/// How a job is, as a table with a row for each stage, and what failed of it.
struct JobTable {
    /// More failures than this are not told one by one.
    private static let mostFailures = 20

    private let status: JobStatus

    init(_ status: JobStatus) { self.status = status }

    /// The table.
    var text: String {
        var table = TextTable(
            ["stage", ">shards"] + ShardState.names.map { ">\($0)" } + [">seconds"])
        for stage in status.stages {
            let seconds = stage.seconds.compactMap { $0 }
            table.add(
                [stage.stage.name, String(stage.stage.shardCount)]
                    + ShardState.names.map { String(stage.count($0)) }
                    + [seconds.isEmpty ? "" : String(seconds.reduce(0, +))])
        }
        return table.text
    }

    /// Says of each shard that failed why, and where its log is.
    func explainFailures(in folder: JobFolder) {
        var left = 0
        var told = 0
        for stage in status.stages {
            for (shard, state) in zip(stage.stage.shards, stage.states) {
                let reason: String
                switch state {
                case .failed(let text): reason = text
                case .refused: reason = "not everything could be done (status 1)"
                case .pending(let text) where text.contains("Dependency") || text.isEmpty: continue
                case .pending, .running, .done, .canceled: continue
                }
                guard told < Self.mostFailures else {
                    left += 1
                    continue
                }
                told += 1
                let log = folder.log(of: shard, in: stage.stage).path(percentEncoded: false)
                Console.problem(
                    "\(stage.stage.fileName(of: shard)): \(reason)\n  see \(log)")
            }
        }
        if left > 0 { Console.problem("… and \(left) more (--json lists all)") }
    }
}
