package import Documents

/// Shards that were handed over together: an array of Slurm, a single job, or a run on this machine.
package struct JobSubmission: Described, Hashable {
    /// The stage.
    package var stage = ""
    /// Slurm's number of the job or array; `local-1` and so on for a run on this machine.
    package var job = ""
    /// Which shards.
    package var shards: [Int] = []
    /// When, in seconds since 1970.
    package var time = 0
    /// Whether it was canceled.
    package var isCanceled = false
    /// The machine, for a run on it.
    package var host: String?
    /// The process that runs the shards, for a run on this machine.
    package var process: Int?

    /// A submission to be read into.
    package init() {}

    /// Creates a submission.
    ///
    /// - Parameters:
    ///   - stage: The stage.
    ///   - job: Its number.
    ///   - shards: Which shards.
    ///   - time: When, in seconds since 1970.
    package init(stage: String, job: String, shards: [Int], time: Int) {
        self.stage = stage
        self.job = job
        self.shards = shards
        self.time = time
    }

    /// The members in the record of a job.
    package static let fields: Fields<Self> = [
        Field("stage", \.stage, .text, "The stage.", isRequired: true),
        Field("job", \.job, .text, "Slurm's number of the job.", isRequired: true),
        Field("shards", \.shards, .list(of: .integer(in: 1...1_000_000)), "Which shards."),
        Field("time", \.time, .integer(), "When, in seconds since 1970."),
        Field("is_canceled", \.isCanceled, .boolean, "Whether it was canceled."),
        Field(optional: "host", \.host, .text, "The machine.", absence: .leftOut),
        Field(
            optional: "process", \.process, .integer(), "The process that runs the shards.",
            absence: .leftOut),
    ]
}
