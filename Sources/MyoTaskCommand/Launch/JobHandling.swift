import Documents
import Experiments
import Foundation
import Launching
import PrintableText

/// Starts the work of a job and shows how far it is, until its end or Ctrl-C.
struct JobHandling {
    /// The job's folder.
    let folder: JobFolder
    /// Whether results are JSON.
    let isJSON: Bool
    /// How often Slurm is asked, in seconds.
    var interval = 10.0

    private var place: String { ShellText.quoted(folder.path) }
    private var program: String { CommandContext.current.name }

    /// Hands work over.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - launcher: Where it is done.
    ///   - maxRunning: How many shards run at once on this machine.
    ///   - follows: Whether to stay until the end.
    /// - Throws: `ExitStatus` when it is over and not done, or what the launcher throws.
    func start(
        _ work: [StageWork], _ launcher: LauncherName, maxRunning: Int?, follows: Bool
    ) throws {
        switch launcher {
        case .slurm:
            do {
                for submission in try SlurmLauncher().submit(work, in: folder) {
                    Console.note(
                        "\(submission.stage): job \(submission.job), "
                            + "\(submission.shards.count, of: "shard")")
                }
            } catch {
                // A job of which nothing was ever taken is none.
                if try folder.record().submissions.isEmpty { try? folder.remove() }
                throw error
            }
            if follows { return try follow() }
            Console.note(
                "watch them by: \(program) jobs follow \(place)\n"
                    + "end them by: \(program) jobs cancel \(place)")
            if isJSON { Console.line(JSONText.of(try JobStatus(of: folder).document)) }
        case .local:
            var line = JobLine()
            let status = try StopSignals.during { flag in
                try LocalLauncher(maxRunning: maxRunning ?? 1)
                    .run(work, in: folder, isStopped: { flag.isRaised }) { line.show($0) }
            }
            line.end()
            let wasStopped = status.record.submissions.last?.isCanceled == true
            if wasStopped {
                Console.problem(
                    "stopped; what the shards have done is kept\n  hint: go on by: "
                        + "\(program) jobs requeue \(place)")
                throw ExitStatus.interrupted
            }
            try finish(status)
        }
    }

    /// Shows how far the job is until it is over.
    ///
    /// - Throws: `ExitStatus` when it is not done in the end, or when Ctrl-C ended the watching.
    func follow() throws {
        var line = JobLine()
        var silence = 0
        // Short jobs are seen to end, long ones are not asked after all the time.
        var pause = min(1, interval)
        let end = try StopSignals.during(isSilent: true) { flag in
            while true {
                let status = try JobStatus(of: folder, isFinal: false)
                if let problem = status.problem {
                    silence += 1
                    if silence == 1 { Console.warning("\(problem)") }
                } else {
                    silence = 0
                    line.show(status)
                    if status.isOver { return true }
                }
                let deadline = ContinuousClock.now + .seconds(pause)
                pause = min(pause * 1.5, interval)
                while ContinuousClock.now < deadline {
                    if flag.isRaised { return false }
                    usleep(50_000)
                }
            }
        }
        line.end()
        guard end else {
            Console.problem(
                "the jobs go on\n  hint: watch them again by: \(program) jobs follow \(place)\n"
                    + "  hint: end them by: \(program) jobs cancel \(place)")
            throw ExitStatus.interrupted
        }
        try finish(try JobStatus(of: folder))
    }

    /// Shows how a job is, shards that failed by name.
    ///
    /// - Throws: `ExitStatus` when it is over and not done.
    func finish(_ status: JobStatus) throws {
        if let problem = status.problem { Console.warning("\(problem)") }
        if isJSON {
            Console.line(JSONText.of(status.document))
        } else {
            Console.line(JobTable(status).text)
            JobTable(status).explainFailures(in: folder)
            let unfinished = status.stages.reduce(0) { $0 + $1.unfinished.count }
            if unfinished > 0 {
                Console.note(
                    "\(unfinished, of: "shard is", plural: "shards are") not done; do "
                        + "\(unfinished == 1 ? "it" : "them") again by: \(program) jobs requeue \(place)"
                )
            }
        }
        if status.isOver, !status.isDone { throw ExitStatus.refused }
    }
}
