import ArgumentParser
import Experiments

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
            "Do only the i-th of n parts of the runs; the others are for other processes. "
                + "myotask collect puts the tables together.", valueName: "i/n"))
    var shard: String?

    /// Whether nothing was given.
    var isEmpty: Bool { axes.isEmpty && shard == nil }

    /// The axes.
    func parsed() throws -> [SweepAxis] {
        try axes.enumerated().map { try SweepAxis($1, source: "sweep \($0 + 1)") }
    }

    /// The part.
    func part() throws -> SweepShard { try shard.map { try SweepShard($0) } ?? .whole }
}
