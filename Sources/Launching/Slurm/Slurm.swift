private import PrintableText

/// The commands of Slurm: nothing else of a cluster is needed.
package struct Slurm: Sendable {
    /// Creates the commands; they are looked for when they are used.
    package init() {}

    /// Whether jobs can be submitted from this machine.
    package static var isInstalled: Bool { ProgramRun.find("sbatch") != nil }

    /// Submits a script.
    ///
    /// - Parameter arguments: What stands behind `sbatch`.
    /// - Returns: The number of the job.
    /// - Throws: ``LaunchError`` with `sbatch`'s words when it takes no job.
    func submit(_ arguments: [String]) throws(LaunchError) -> String {
        let run = try ProgramRun("sbatch", arguments)
        // With several clusters the cluster's name follows.
        let number = run.output.split(separator: "\n").last?.prefix { $0.isNumber } ?? ""
        guard run.status == 0, !number.isEmpty else {
            throw LaunchError(
                .slurm(words: Self.words(of: run)), at: "sbatch",
                hint: "correct the settings of --cluster by what it says; sinfo lists the "
                    + "partitions, sacctmgr show associations the accounts")
        }
        return String(number)
    }

    /// What Slurm knows of jobs.
    ///
    /// - Parameters:
    ///   - jobs: Their numbers.
    ///   - isFinal: Whether to ask the accounting as well, of jobs that the queue has forgotten.
    /// - Returns: What it says.
    /// - Throws: ``LaunchError`` when the queue does not answer.
    func listing(of jobs: [String], isFinal: Bool = false) throws(LaunchError) -> SlurmListing {
        var listing = SlurmListing()
        guard !jobs.isEmpty else { return listing }
        let ids = "--jobs=" + jobs.joined(separator: ",")
        let queue = try ProgramRun("squeue", SlurmListing.queueFormat + [ids])
        if queue.status == 0 {
            listing.add(queue: queue.output)
        } else if !queue.problems.contains("Invalid job id") {
            // A job that is long over is none that the queue knows.
            throw LaunchError(
                .slurm(words: Self.words(of: queue)), at: "squeue",
                hint: "the jobs are not affected; ask again when Slurm answers")
        }
        // Many clusters have no accounting: the records tell the most of it then.
        if isFinal, ProgramRun.find("sacct") != nil {
            let accounting = try ProgramRun("sacct", SlurmListing.accountingFormat + [ids])
            if accounting.status == 0 { listing.add(accounting: accounting.output) }
        }
        return listing
    }

    /// Cancels jobs.
    ///
    /// - Parameter jobs: Their numbers.
    /// - Throws: ``LaunchError`` with `scancel`'s words when it refuses.
    func cancel(_ jobs: [String]) throws(LaunchError) {
        guard !jobs.isEmpty else { return }
        let run = try ProgramRun("scancel", jobs)
        // What is over already needs no canceling.
        guard run.status == 0 || run.problems.contains("Invalid job id") else {
            throw LaunchError(
                .slurm(words: Self.words(of: run)), at: "scancel",
                hint: "try again, or cancel by hand: scancel \(jobs.joined(separator: " "))")
        }
    }

    private static func words(of run: ProgramRun) -> String {
        let lines = (run.problems + "\n" + run.output).split(separator: "\n")
            .map { String($0).printable(limit: 300) }
        return lines.isEmpty ? "it ended with status \(run.status)" : lines.joined(separator: "; ")
    }
}
