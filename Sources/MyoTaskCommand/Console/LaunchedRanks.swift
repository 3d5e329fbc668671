import Distribution
import Foundation
import MPIRanks

/// The processes that the program was started as.
struct LaunchedRanks {
    /// The processes; this one by itself when there are no others.
    let ranks: RankGroup

    /// Meets the other processes when the program was started by `mpirun` or `srun` as several.
    ///
    /// - Throws: `DistributionError` when they cannot work together; on others than the first rank
    ///   the status to end with, as the first one says it all.
    static func join() throws -> LaunchedRanks {
        guard let launch = LaunchEnvironment(ProcessInfo.processInfo.environment) else {
            return LaunchedRanks(ranks: RankGroup())
        }
        do {
            return LaunchedRanks(ranks: try MPILaunch.join(launch))
        } catch  where launch.rank > 0 {
            throw ExitStatus.done
        }
    }
}
