/// What jobs ask of a cluster, and what is done before the command in each.
///
/// `docs/cluster/on-a-cluster.md` and `schemas/cluster.schema.json` describe its YAML.
package struct ClusterSettings: Sendable, Hashable {
    /// Who pays; `nil` for the cluster's default, as with the others that may be `nil`.
    package var account: String?
    /// The partition.
    package var partition: String?
    /// The quality of service.
    package var qos: String?
    /// How long a shard may take, as `sbatch --time` reads it.
    package var time: String?
    /// Memory of a shard, as `sbatch --mem` reads it.
    package var memory: String?
    /// Cores of a shard, or of a rank: the command gets as many threads.
    package var cpus: Int?
    /// Which nodes may be used.
    package var constraint: String?
    /// How many shards there are; `nil` for what the command takes.
    package var shards: Int?
    /// How many shards may run at once.
    package var maxRunning: Int?
    /// How long the collecting job may take.
    package var collectTime: String?
    /// Memory of the collecting job.
    package var collectMemory: String?
    /// How many ranks of MPI a single training is started as.
    package var ranks = 1
    /// What starts ranks.
    package var rankStarter = RankStarter.srun
    /// How ranks find each other, as `srun --mpi` takes it.
    package var mpi = "pmix"
    /// More options of `sbatch`, one each.
    package var options: [String] = []
    /// Lines of the shell before the command.
    package var prologue: [String] = []
    /// The command on the cluster's nodes; `nil` for the one that is running.
    package var program: String?

    /// What starts ranks.
    package enum RankStarter: String, Sendable, Hashable, CaseIterable {
        /// Slurm itself.
        case srun
        /// The MPI library.
        case mpirun
    }

    /// The cluster's defaults.
    package init() {}

    /// The directives for `sbatch` that these settings stand for.
    func directives(isCollecting: Bool) -> [String] {
        let time = isCollecting ? collectTime ?? time : time
        let memory = isCollecting ? collectMemory ?? memory : memory
        let known: KeyValuePairs<String, String?> = [
            "account": account, "partition": partition, "qos": qos, "time": time, "mem": memory,
            "cpus-per-task": isCollecting ? nil : cpus.map(String.init), "constraint": constraint,
        ]
        return known.compactMap { name, value in value.map { "--\(name)=\($0)" } } + options
    }
}
