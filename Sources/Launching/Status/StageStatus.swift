private import Documents

/// How far the shards of a stage are.
package struct StageStatus: Sendable, Hashable {
    /// The stage.
    package let stage: JobStage
    /// The shards' states, the first of shard 1.
    package let states: [ShardState]
    /// For how many seconds each shard that is over ran, as far as it is known.
    package let seconds: [Int?]

    /// How many shards have a state of this name.
    package func count(_ name: String) -> Int { states.count { $0.name == name } }

    /// The numbers of the shards that are over and unfinished.
    package var unfinished: [Int] {
        zip(stage.shards, states).filter { $0.1.isUnfinished }.map(\.0)
    }

    /// The numbers of the shards that are to be done again: those that are unfinished; all when
    /// inputs were refused that may lie in the part of another shard once they are mended.
    package var repeated: [Int] {
        stage.dividesInputs && states.contains(.refused) ? Array(stage.shards) : unfinished
    }

    /// Whether every shard is over.
    package var isOver: Bool { states.allSatisfy(\.isOver) }

    /// `shards: 2 running, 4 done of 16`.
    package var text: String {
        guard stage.isSharded else { return "\(stage.name): \(states[0].name)" }
        let parts = ShardState.names.filter { count($0) > 0 }.map { "\(count($0)) \($0)" }
        return "\(stage.name): \(parts.joined(separator: ", ")) of \(stage.shardCount)"
    }
}
