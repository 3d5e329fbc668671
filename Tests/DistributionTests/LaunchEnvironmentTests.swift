import Distribution
import Testing

struct LaunchEnvironmentTests {
    @Test(
        "The launcher, the rank and the number of ranks are read from the environment",
        arguments: [
            (
                ["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "2"],
                LaunchEnvironment.Launcher.openMPI, 2, 4
            ),
            // mpirun within a job of Slurm: its own variables count.
            (
                [
                    "OMPI_COMM_WORLD_SIZE": "8", "OMPI_COMM_WORLD_RANK": "7",
                    "SLURM_STEP_NUM_TASKS": "2", "SLURM_PROCID": "1",
                ], .openMPI, 7, 8
            ),
            (["PMI_RANK": "0", "PMI_SIZE": "3"], .processManagement, 0, 3),
            (["PMIX_RANK": "1", "SLURM_STEP_NUM_TASKS": "2"], .processManagement, 1, 2),
            (["SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2"], .slurmStep, 1, 2),
        ] as [([String: String], LaunchEnvironment.Launcher, Int, Int)])
    func several(
        environment: [String: String], launcher: LaunchEnvironment.Launcher, rank: Int, size: Int
    ) throws {
        let launch = try #require(LaunchEnvironment(environment))
        #expect(launch.launcher == launcher)
        #expect(launch.rank == rank)
        #expect(launch.size == size)
    }

    @Test(
        "A process by itself needs nobody",
        arguments: [
            [:], ["OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_RANK": "0"],
            // A batch script of a job with several tasks is one process.
            ["SLURM_NTASKS": "4", "SLURM_PROCID": "0"],
            ["SLURM_STEP_NUM_TASKS": "1", "SLURM_PROCID": "0"],
            ["OMPI_COMM_WORLD_SIZE": "many", "OMPI_COMM_WORLD_RANK": "0"],
        ] as [[String: String]])
    func alone(environment: [String: String]) {
        #expect(LaunchEnvironment(environment) == nil)
    }
}
