/// What the environment says of the processes that a program was started as.
package struct LaunchEnvironment: Sendable, Hashable {
    /// Who started it.
    package enum Launcher: String, Sendable, Hashable {
        /// `mpirun` or `mpiexec` of Open MPI.
        case openMPI = "mpirun of Open MPI"
        /// A launcher that speaks the process management interface: MPICH's `mpiexec`, or `srun`.
        case processManagement = "a launcher with the process management interface"
        /// `srun` with several tasks that were told nothing of each other.
        case slurmStep = "srun without an MPI plugin"
    }

    /// Who started it.
    package let launcher: Launcher
    /// The number of this process, from 0.
    package let rank: Int
    /// How many processes there are.
    package let size: Int

    /// Looks at an environment; `nil` for a program that was started as one process by itself.
    ///
    /// - Parameter environment: The variables.
    package init?(_ environment: [String: String]) {
        func number(_ name: String) -> Int? { environment[name].flatMap(Int.init) }
        let stepSize = number("SLURM_STEP_NUM_TASKS")
        let found: (launcher: Launcher, rank: Int?, size: Int?)
        if environment["OMPI_COMM_WORLD_SIZE"] != nil {
            found = (.openMPI, number("OMPI_COMM_WORLD_RANK"), number("OMPI_COMM_WORLD_SIZE"))
        } else if environment["PMI_RANK"] != nil {
            found = (.processManagement, number("PMI_RANK"), number("PMI_SIZE") ?? stepSize)
        } else if environment["PMIX_RANK"] != nil {
            found = (.processManagement, number("PMIX_RANK"), stepSize)
        } else {
            found = (.slurmStep, number("SLURM_PROCID"), stepSize)
        }
        guard let rank = found.rank, let size = found.size, size >= 1, rank >= 0 else { return nil }
        // One process needs nobody's help, whoever started it.
        guard size > 1 else { return nil }
        (launcher, self.rank, self.size) = (found.launcher, rank, size)
    }
}
