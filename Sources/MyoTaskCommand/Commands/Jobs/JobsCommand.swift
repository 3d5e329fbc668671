import ArgumentParser
import Foundation
import Launching
import PrintableText

/// `myotask jobs`: what became of work that was handed to other processes.
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Watch, cancel or repeat work that --launcher handed to other processes.",
        discussion: """
            Each takes the output of the command that was given --launcher, of whose jobs the last \
            is meant, or a job's own folder, OUTPUT/.jobs/DATE_TIME. What shards told of themselves \
            counts; Slurm is asked for the rest, its accounting (sacct) where there is one.

            See docs/cluster/on-a-cluster.md.
            """,
        subcommands: [
            JobsStatusCommand.self, JobsFollowCommand.self, JobsCancelCommand.self,
            JobsRequeueCommand.self,
        ])
}

/// Which job.
struct JobOptions: ParsableArguments {
    @Argument(
        help: "The output of the command, or the job's folder.", completion: .directory)
    var place: String

    /// The job's folder.
    func folder() throws -> JobFolder { try JobFolder.find(URL(filePath: place)) }
}

/// How often Slurm is asked.
struct IntervalOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("Seconds from one look at the jobs to the next.", valueName: "seconds"))
    var interval = 10.0

    func validate() throws {
        guard (0.1...3_600).contains(interval) else {
            throw ValidationError("--interval must be from 0.1 to 3600")
        }
    }
}

/// `myotask jobs status`: how far a job is.
struct JobsStatusCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Count the shards that are pending, running, done and failed.",
        discussion: "The exit status is 1 when all is over and something is not done.")

    @OptionGroup var job: JobOptions
    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func run() throws {
        let folder = try job.folder()
        try JobHandling(folder: folder, isJSON: printsJSON).finish(JobStatus(of: folder))
    }
}

/// `myotask jobs follow`: how far a job is, until its end.
struct JobsFollowCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Show how far a job is until it is over.",
        discussion: """
            Ctrl-C ends the watching and leaves the jobs running. The exit status is 1 when \
            something is not done in the end.
            """)

    @OptionGroup var job: JobOptions
    @OptionGroup var pace: IntervalOption
    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func run() throws {
        try JobHandling(folder: job.folder(), isJSON: printsJSON, interval: pace.interval).follow()
    }
}

/// `myotask jobs cancel`: ends what is not over.
struct JobsCancelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End the shards of a job that are not over.",
        discussion: """
            What they have done is kept; myotask jobs requeue goes on with it.
            """)

    @OptionGroup var job: JobOptions

    func run() throws {
        let folder = try job.folder()
        let count =
            switch try folder.record().launcher {
            case .slurm: try SlurmLauncher().cancel(in: folder)
            case .local: try LocalLauncher.cancel(in: folder)
            }
        Console.line(
            count == 0
                ? "\(folder.path): nothing is pending or running"
                : "\(folder.path): \(count, of: "shard") canceled")
    }
}

/// `myotask jobs requeue`: does again what is not done.
struct JobsRequeueCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "requeue",
        abstract: "Do the shards of a job again that are over and not done.",
        discussion: """
            Shards that failed, were canceled or had inputs refused are handed over again, and the \
            collecting job behind them; those that are pending, running or done are left alone.
            """)

    @OptionGroup var job: JobOptions

    @Flag(help: "Stay and show how far the jobs are; Ctrl-C leaves them running.")
    var follow = false

    @OptionGroup var pace: IntervalOption
    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func run() throws {
        let folder = try job.folder()
        let status = try JobStatus(of: folder)
        if let problem = status.problem { throw problem }
        let work = status.unfinishedWork
        guard !work.isEmpty else {
            throw LaunchError(
                .nothingToDo(
                    found: status.isDone
                        ? "everything is done" : "nothing has failed: \(status.text)"),
                at: folder.path,
                hint: status.isDone
                    ? "nothing is needed" : "wait for what is pending or running")
        }
        try JobHandling(folder: folder, isJSON: printsJSON, interval: pace.interval).start(
            work, status.record.launcher, maxRunning: status.record.maxRunning, follows: follow)
    }
}
