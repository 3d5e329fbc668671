import ArgumentParser
import Experiments
import Sharding

/// What varies, and which part of it is done here.
struct SweepOptions: ParsableArguments {
    @Option(
        name: .customLong("sweep"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Make a run of each combination of values, as inner.learning_rate=1e-3,1e-4 "
                + "seed=1,2,3.", valueName: "key.path=values"))
    var axes: [String] = []

    @Option(
        help: ArgumentHelp(
            "Do only the i-th of n parts of the runs; the others are for other processes. auto, "
                + "the default, takes the part of a sweep from an array of Slurm "
                + "(SLURM_ARRAY_TASK_ID) or an indexed job of Kubernetes (JOB_COMPLETION_INDEX); "
                + "none does everything. myotask collect puts the tables together.",
            valueName: "i/n|auto|none"))
    var shard: String?

    /// Whether nothing was given.
    var isEmpty: Bool { axes.isEmpty && !statesShard }

    /// Whether a part was asked for by name.
    var statesShard: Bool { shard != nil && shard != "auto" && shard != "none" }

    /// The axes.
    func parsed() throws -> [SweepAxis] {
        try axes.enumerated().map { try SweepAxis($1, source: "sweep \($0 + 1)") }
    }

    /// The part.
    ///
    /// - Parameter isSweep: Whether something varies: what the cluster says divides sweeps, it makes
    ///   no single run one of several.
    /// - Returns: The part; all points when nothing says otherwise.
    /// - Throws: `ShardError` when neither text nor environment can be understood.
    func part(isSweep: Bool) throws -> Shard {
        guard isSweep || statesShard else { return .whole }
        return try ShardChoice.part(shard) ?? .whole
    }
}
