import Documents
import Foundation
import Launching
import TestSupport
import Testing

@Suite("Settings of a cluster")
struct ClusterSettingsTests {
    static func settings(_ yaml: String) throws -> ClusterSettings {
        try ClusterSettings(Document(yaml: yaml.utf8, name: "cluster.yaml").cursor)
    }

    static let full = """
        account: emg
        partition: short,long
        qos: normal
        time: 02:00:00
        memory: 4G
        cpus: 2
        constraint: "[avx2|avx512]"
        shards: 16
        max_running: 4
        collect_time: 10
        collect_memory: 500M
        ranks: 4
        rank_starter: mpirun
        mpi: pmi2
        options: [--mail-type=END, "--exclude=node[1-3]"]
        prologue: |
          source /etc/profile.d/modules.sh
          module load gcc
        program: /opt/myotask/bin/myotask
        """

    @Test("what is written reads as the same settings", arguments: ["{}", full])
    func roundTrip(yaml: String) throws {
        let settings = try Self.settings(yaml)
        #expect(try Self.settings(settings.document.json()) == settings)
    }

    @Test(
        "a wrong member is refused where it stands, with what is expected",
        arguments: [
            ("partiton: long", "did you mean \"partition\"?"),
            ("account: a b", "a word without blanks"),
            ("account: \"a\\nb\"", "a word without blanks"), ("time: two hours", "days-hours"),
            ("time: 1:2:3:4", "days-hours"), ("memory: 4 GB", "megabytes"),
            ("memory: -1", "megabytes"),
            ("cpus: 0", "from 1 to 1024"), ("shards: 0", "from 1 to"), ("max_running: 0", "from 1"),
            ("ranks: 0", "from 1"), ("rank_starter: prun", "srun"),
            ("options: [nice]", "as --mail-type=END"),
            ("options: [\"--a\\n--b\"]", "on one line"),
            ("options: [--array=1-3]", "does not set itself"),
            ("options: [\"--output x\"]", "--output is set for every job"),
            ("program: bin/myotask", "a path from the root"),
            ("prologue: 5", "a text"),
        ])
    func faults(yaml: String, message: String) throws {
        let error = try #require(throws: DocumentError.self) { try Self.settings(yaml) }
        #expect(error.description.contains(message), "\(error)")
        #expect(error.position != nil)
    }

    @Test("spans of time and memory are taken as Slurm writes them")
    func forms() throws {
        for time in ["5", "\"5\"", "90:00", "1:30:00", "2-0", "2-12:30", "2-12:30:05"] {
            #expect(try Self.settings("time: \(time)").time != nil, "\(time)")
        }
        for memory in ["4000", "4G", "500m", "1T"] {
            #expect(try Self.settings("memory: \(memory)").memory == memory)
        }
    }

    @Test("the committed schema and table are the generated ones")
    func generated() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/cluster.schema.json", generated: ClusterSettings.schemaDocument().document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        #expect(
            try CommittedText.isCurrent(
                "docs/cluster/on-a-cluster.md", region: "cluster",
                generated: FieldTable(ClusterSettings.schema(with: Kinds())).markdown),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }
}
