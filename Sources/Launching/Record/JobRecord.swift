package import Documents

/// What is known of a job: its stages, and what was handed over of them when.
///
/// `job.json` in the job's folder has it; what came of the shards is in the events beside it.
package struct JobRecord: Described, Hashable {
    /// The command that was given, as `convert`.
    package var commandName = ""
    /// What the command writes.
    package var output = ""
    /// Where shards run.
    package var launcher = LauncherName.local
    /// How many shards may run at once; `nil` for as many as there is room for.
    package var maxRunning: Int?
    /// The stages, in order.
    package var stages: [JobStage] = []
    /// What was handed over, in order: of a shard that was done again, the last counts.
    package var submissions: [JobSubmission] = []

    /// A record to be read into.
    package init() {}

    /// Creates the record of a job that nothing was handed over of yet.
    ///
    /// - Parameters:
    ///   - commandName: The command that was given.
    ///   - output: What it writes.
    ///   - launcher: Where shards run.
    ///   - maxRunning: How many shards may run at once.
    ///   - stages: The stages.
    package init(
        commandName: String, output: String, launcher: LauncherName, maxRunning: Int?,
        stages: [JobStage]
    ) {
        self.commandName = commandName
        self.output = output
        self.launcher = launcher
        self.maxRunning = maxRunning
        self.stages = stages
    }

    private static let format = DocumentFormat(
        "myotask.job", version: 1, hint: "name the output of a command that was given --launcher")

    /// The members.
    package static let fields = Fields<Self>(
        format.fields() + [
            Field("command", \.commandName, .text, "The command.", isRequired: true),
            Field("output", \.output, .text, "What the command writes.", isRequired: true),
            Field("launcher", \.launcher, .choice, "Where shards run.", isRequired: true),
            Field(
                optional: "max_running", \.maxRunning, .integer(in: 1...1_000_000),
                "How many shards may run at once."),
            Field("stages", \.stages, .list(of: .object(), count: 1...16), "The stages."),
            Field("submissions", \.submissions, .list(of: .object()), "What was handed over."),
        ])

    /// Reads a record.
    ///
    /// - Parameter document: The text of `job.json`.
    /// - Throws: `DocumentError` when it is none.
    init(_ document: Document) throws(DocumentError) {
        try Self.format.check(document.cursor)
        try self.init(document.cursor)
    }

    /// The stage of a name.
    package func stage(_ name: String) -> JobStage? { stages.first { $0.name == name } }

    /// What a shard was last handed over with; `nil` when it was not yet.
    package func lastSubmission(of shard: Int, in stage: String) -> JobSubmission? {
        submissions.last { $0.stage == stage && $0.shards.contains(shard) }
    }
}
