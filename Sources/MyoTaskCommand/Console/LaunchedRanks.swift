import Distribution
import Foundation
import MPIRanks

/// The processes that the program was started as.
struct LaunchedRanks {
    /// The processes; this one by itself when there are no others.
    let ranks: RankGroup

    /// What the environment says; `nil` for a program that was started as one process.
    static var environment: LaunchEnvironment? {
        LaunchEnvironment(ProcessInfo.processInfo.environment)
    }

    /// Does what every process does by itself and alike: the first one says what is wrong, the
    /// others end without a word.
    static func alike<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw (environment?.rank ?? 0) > 0 ? ExitStatus.done : error
        }
    }

    /// Meets the other processes when the program was started by `mpirun` or `srun` as several.
    ///
    /// - Throws: `DistributionError` when they cannot work together; on others than the first rank
    ///   the status to end with, as the first one says it all.
    static func join() throws -> LaunchedRanks {
        guard let launch = environment else {
            return LaunchedRanks(ranks: RankGroup())
        }
        do {
            return LaunchedRanks(ranks: try MPILaunch.join(launch))
        } catch {
            throw launch.rank > 0 ? ExitStatus.done : error
        }
    }
}
