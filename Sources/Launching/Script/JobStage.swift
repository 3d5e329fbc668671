package import Documents

/// A step of a job: one command, done once or in shards.
package struct JobStage: Described, Hashable {
    /// What it is called: `data`, `shards` or `collect`; the names of its files begin so.
    package var name = ""
    /// The program and its arguments, without the shard.
    package var command: [String] = []
    /// How many shards there are.
    package var shardCount = 1
    /// Whether the command is told which shard is its part, by `--shard I/N`.
    package var isSharded = false
    /// Whether shards divide files by their sizes: one that was mended may have become the part of
    /// another shard.
    package var dividesInputs = false
    /// What it waits for.
    package var start = Start.atOnce
    /// How many ranks of MPI the command is started as.
    package var ranks = 1
    /// The program and its arguments when ``resumesAt`` is there; empty when the command itself
    /// goes on with what was begun.
    package var resumption: [String] = []
    /// The file or folder that tells that the command was begun before.
    package var resumesAt = ""

    /// What a stage waits for.
    package enum Start: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case atOnce = "at_once"
        /// The end of the stage before, if nothing failed there.
        case afterSuccess = "after_success"
        /// The end of the stage before, however it ended.
        case afterEnd = "after_end"
    }

    /// A stage to be read into.
    package init() {}

    /// Creates a stage that is done once.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - command: The program and its arguments.
    ///   - start: What it waits for.
    ///   - ranks: How many ranks of MPI the command is started as.
    package init(_ name: String, _ command: [String], start: Start = .atOnce, ranks: Int = 1) {
        self.name = name
        self.command = command
        self.start = start
        self.ranks = ranks
    }

    /// Creates a stage that is done in shards.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - command: The program and its arguments, without the shard.
    ///   - shardCount: How many shards there are.
    ///   - start: What it waits for.
    package init(
        _ name: String, _ command: [String], shardCount: Int, start: Start = .atOnce
    ) {
        self.init(name, command, start: start)
        self.shardCount = shardCount
        isSharded = true
    }

    /// How many digits the number of a shard has in names of files.
    package var digits: Int { max(3, String(shardCount).count) }

    /// The numbers of all shards.
    package var shards: ClosedRange<Int> { 1...shardCount }

    /// The name of a shard's files, without the ending.
    package func fileName(of shard: Int) -> String {
        guard isSharded else { return name }
        let number = String(shard)
        return name + "-" + String(repeating: "0", count: max(0, digits - number.count)) + number
    }

    /// The members in the record of a job.
    package static let fields: Fields<Self> = [
        Field("name", \.name, .text, "What the stage is called.", isRequired: true),
        Field(
            "command", \.command, .list(of: .text, count: 1 ... .max),
            "The program and its arguments.", isRequired: true),
        Field("shards", \.shardCount, .integer(in: 1...1_000_000), "How many shards there are."),
        Field("is_sharded", \.isSharded, .boolean, "Whether the command gets `--shard I/N`."),
        Field(
            "divides_inputs", \.dividesInputs, .boolean,
            "Whether shards divide files by their sizes."
        ).written { $0.dividesInputs },
        Field("start", \.start, .choice, "What the stage waits for."),
        Field("ranks", \.ranks, .integer(in: 1...1_000_000), "Ranks of MPI."),
        Field(
            "resumption", \.resumption, .list(of: .text),
            "The program and its arguments when `resumes_at` is there."
        ).written { !$0.resumption.isEmpty },
        Field("resumes_at", \.resumesAt, .text, "What tells that the command was begun before.")
            .written { !$0.resumption.isEmpty },
    ]
}
