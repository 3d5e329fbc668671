import Sharding
import Testing

@Suite("Shards of clusters")
struct ShardEnvironmentTests {
    /// What Slurm sets for an index of `--array=first-last:step`.
    private static func slurm(_ index: Int, _ first: Int, _ last: Int, _ step: Int) -> [String:
        String]
    {
        [
            "SLURM_ARRAY_TASK_ID": "\(index)", "SLURM_ARRAY_TASK_MIN": "\(first)",
            "SLURM_ARRAY_TASK_MAX": "\(last)", "SLURM_ARRAY_TASK_STEP": "\(step)",
            "SLURM_ARRAY_TASK_COUNT": "\((last - first) / step + 1)",
            "SLURM_ARRAY_JOB_ID": "1234", "SLURM_JOB_ID": "1240",
        ]
    }

    @Test(
        "an array of Slurm has each part once, wherever it begins and whatever its step",
        arguments: [
            (1, 16, 1), (0, 15, 1), (0, 0, 1), (5, 5, 3), (10, 40, 10), (1, 10, 3), (7, 100, 2),
        ])
    func slurmArrays(first: Int, last: Int, step: Int) throws {
        let indices = Array(stride(from: first, through: last, by: step))
        let shards = try indices.map { index in
            let found = try #require(
                try Shard.ofEnvironment(Self.slurm(index, first, last, step)))
            #expect(found.variable == "SLURM_ARRAY_TASK_ID")
            return found.shard
        }
        #expect(shards == Shard.all(of: indices.count))
    }

    @Test(
        "an indexed job of Kubernetes counts from 0, and its manifest says how many there are",
        arguments: ["JOB_COMPLETIONS", "MYOTASK_SHARD_COUNT"])
    func kubernetes(name: String) throws {
        let shards = try (0..<5).map { index in
            let found = try #require(
                try Shard.ofEnvironment(["JOB_COMPLETION_INDEX": "\(index)", name: "5"]))
            #expect(found.variable == "JOB_COMPLETION_INDEX")
            return found.shard
        }
        #expect(shards == Shard.all(of: 5))
    }

    @Test(
        "outside of arrays there is no part",
        arguments: [
            [:], ["PATH": "/bin"], ["SLURM_JOB_ID": "7", "SLURM_PROCID": "3", "SLURM_NTASKS": "4"],
            ["SLURM_ARRAY_TASK_ID": "", "SLURM_ARRAY_TASK_COUNT": ""],
            ["JOB_COMPLETIONS": "4"], ["JOB_COMPLETION_INDEX": ""],
        ])
    func none(variables: [String: String]) throws {
        #expect(try Shard.ofEnvironment(variables) == nil)
    }

    @Test("counts that are derived: an old Slurm says first, last and step only")
    func withoutCount() throws {
        var variables = Self.slurm(7, 1, 10, 3)
        variables["SLURM_ARRAY_TASK_COUNT"] = nil
        #expect(try Shard.ofEnvironment(variables)?.shard == Shard(3, of: 4))
        variables["MYOTASK_SHARD_COUNT"] = "4"
        #expect(try Shard.ofEnvironment(variables)?.shard == Shard(3, of: 4))
    }

    @Test("two clusters that say the same are no contradiction")
    func both() throws {
        let variables = Self.slurm(3, 1, 4, 1).merging(
            ["JOB_COMPLETION_INDEX": "2", "JOB_COMPLETIONS": "4"]) { $1 }
        #expect(try Shard.ofEnvironment(variables)?.shard == Shard(3, of: 4))
    }

    /// Half an environment, or nonsense, and the variables that the error must name.
    static let wrong: [([String: String], [String])] = [
        (["SLURM_ARRAY_TASK_COUNT": "4"], ["SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_ID"]),
        (["SLURM_ARRAY_TASK_MIN": "1"], ["SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_ID"]),
        (["SLURM_ARRAY_TASK_ID": "4"], ["SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN"]),
        (
            ["SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_MIN": "1"],
            ["SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MAX"]
        ),
        (slurm(17, 1, 16, 1), ["SLURM_ARRAY_TASK_ID=17", "SLURM_ARRAY_TASK_MAX=16"]),
        (slurm(0, 1, 16, 1), ["SLURM_ARRAY_TASK_ID=0"]),
        (slurm(3, 1, 10, 3), ["SLURM_ARRAY_TASK_STEP=3"]),
        // --array=3,7,12: the indices are no range.
        (
            [
                "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "3",
                "SLURM_ARRAY_TASK_MAX": "12", "SLURM_ARRAY_TASK_STEP": "1",
                "SLURM_ARRAY_TASK_COUNT": "3",
            ], ["SLURM_ARRAY_TASK_COUNT=3"]
        ),
        (
            slurm(1, 1, 4, 1).merging(["SLURM_ARRAY_TASK_STEP": "0"]) { $1 },
            ["SLURM_ARRAY_TASK_STEP=0"]
        ),
        (slurm(1, 1, 4, 1).merging(["SLURM_ARRAY_TASK_ID": "one"]) { $1 }, ["SLURM_ARRAY_TASK_ID"]),
        (slurm(1, 1, 4, 1).merging(["SLURM_ARRAY_TASK_ID": "-1"]) { $1 }, ["SLURM_ARRAY_TASK_ID"]),
        (
            slurm(1, 1, 4, 1).merging(["MYOTASK_SHARD_COUNT": "16"]) { $1 },
            ["MYOTASK_SHARD_COUNT", "SLURM_ARRAY_TASK_COUNT"]
        ),
        (["JOB_COMPLETION_INDEX": "2"], ["JOB_COMPLETION_INDEX", "MYOTASK_SHARD_COUNT"]),
        (["MYOTASK_SHARD_COUNT": "2"], ["MYOTASK_SHARD_COUNT", "JOB_COMPLETION_INDEX"]),
        (["JOB_COMPLETION_INDEX": "2", "JOB_COMPLETIONS": "2"], ["JOB_COMPLETION_INDEX"]),
        (["JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "0"], ["JOB_COMPLETIONS"]),
        (
            ["JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "2", "MYOTASK_SHARD_COUNT": "3"],
            ["JOB_COMPLETIONS", "MYOTASK_SHARD_COUNT"]
        ),
        (
            slurm(1, 1, 4, 1).merging(["JOB_COMPLETION_INDEX": "2", "JOB_COMPLETIONS": "4"]) { $1 },
            ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"]
        ),
    ]

    @Test(
        "half an environment, or nonsense, gives one error that names the variables",
        arguments: wrong)
    func refused(variables: [String: String], named: [String]) {
        let error = #expect(throws: ShardError.self) { try Shard.ofEnvironment(variables) }
        for name in named {
            #expect(error?.description.contains(name) == true, "\(error?.description ?? "")")
        }
        #expect(error?.hint.contains("--shard none") == true)
    }
}
