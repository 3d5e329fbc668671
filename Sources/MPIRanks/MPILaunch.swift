package import Distribution

#if MPI
    private import CMPI
#endif

/// Joins the processes that `mpirun` or `srun` has started this program as.
package enum MPILaunch {
    /// Whether this program was built with MPI.
    package static var isBuilt: Bool {
        #if MPI
            true
        #else
            false
        #endif
    }

    /// Meets the other processes.
    ///
    /// Called once in a process, from the thread that makes all further calls.
    ///
    /// - Parameter launch: What the environment says.
    /// - Returns: The group of all processes.
    /// - Throws: `DistributionError` when the program was built without MPI, or the processes do
    ///   not know of each other.
    package static func join(_ launch: LaunchEnvironment) throws(DistributionError) -> RankGroup {
        #if MPI
            let communicator = try MPICommunicator()
            guard communicator.size == launch.size else {
                communicator.finalize()
                throw DistributionError(
                    .launch(
                        expected: "\(launch.size) processes that know of each other",
                        found: "each by itself"),
                    hint: "start them with mpirun of \(MPICommunicator.libraryName), or with "
                        + "srun --mpi=pmix (srun --mpi=list says what there is)")
            }
            return try RankGroup(
                communicator, host: communicator.hostName, processors: communicator.processors)
        #else
            throw DistributionError(
                .launch(
                    expected: "a program that was built with MPI, as \(launch.launcher.rawValue) "
                        + "started \(launch.size) processes",
                    found: "one that was built without"),
                hint: "install MPI (Debian: libopenmpi-dev openmpi-bin; macOS: brew install "
                    + "open-mpi) and build with: make build TRAITS=ReviewServer,MPI")
        #endif
    }
}
