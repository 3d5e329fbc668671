import ArgumentParser
import Foundation
import Sharding

/// Which part of the work a process does.
struct ShardOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Do only the i-th of n parts of the inputs; the others are for other processes. auto, "
                + "the default, takes the part from an array of Slurm (SLURM_ARRAY_TASK_ID) or an "
                + "indexed job of Kubernetes (JOB_COMPLETION_INDEX); none does everything.",
            valueName: "i/n|auto|none"))
    var shard: String?

    /// Whether a part was asked for by name.
    var isStated: Bool { shard != nil && shard != "auto" && shard != "none" }

    /// The part; `nil` for everything.
    func part() throws -> Shard? { try ShardChoice.part(shard) }
}

/// What the option `--shard` says.
enum ShardChoice {
    /// The part that is meant; one that the cluster gave is announced.
    ///
    /// - Parameter text: `i/n`, `auto` or `none`; `auto` when left out.
    /// - Returns: The part; `nil` for everything.
    /// - Throws: `ShardError` when neither text nor environment can be understood.
    static func part(_ text: String?) throws(ShardError) -> Shard? {
        switch text {
        case "none": return nil
        case nil, "auto":
            guard
                let assignment = try Shard.ofEnvironment(ProcessInfo.processInfo.environment)
            else { return nil }
            Console.note(
                "shard \(assignment.shard) of \(assignment.variable) (--shard none does "
                    + "everything)")
            return assignment.shard
        case let text?: return try Shard(text)
        }
    }
}
