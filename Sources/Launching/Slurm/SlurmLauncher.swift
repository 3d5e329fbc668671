private import Files
package import Foundation

/// Hands stages over to Slurm: an array for shards, a job for what is done once, each waiting for
/// the one before.
package struct SlurmLauncher: Sendable {
    private let slurm = Slurm()

    /// Creates a launcher.
    package init() {}

    /// The command that hands work over.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - folder: The job's folder.
    ///   - jobs: The jobs that it waits for.
    ///   - maxRunning: How many shards may run at once.
    /// - Returns: What stands behind `sbatch`.
    package static func arguments(
        _ work: StageWork, in folder: JobFolder, after jobs: [String], maxRunning: Int?
    ) -> [String] {
        let stage = work.stage
        // Slurm replaces % in the name; the folder is not in the script, where it could not be
        // quoted.
        let logs = folder.path.replacing("%", with: "%%") + "/logs/"
        let name = stage.isSharded ? "\(stage.name)-%\(stage.digits)a" : stage.name
        var words = ["--parsable", "--chdir=/", "--output=\(logs)\(name).log"]
        if stage.isSharded, work.shards != Array(stage.shards) {
            words.append(
                "--array=\(SlurmTasks.list(work.shards))" + (maxRunning.map { "%\($0)" } ?? ""))
        }
        if !jobs.isEmpty, stage.start != .atOnce {
            let kind = stage.start == .afterSuccess ? "afterok" : "afterany"
            words += [
                "--dependency=\(kind):\(jobs.joined(separator: ":"))", "--kill-on-invalid-dep=yes",
            ]
        }
        return words + [folder.script(of: stage).path(percentEncoded: false)]
    }

    /// Refuses a folder whose path Slurm would misread.
    ///
    /// - Throws: ``LaunchError`` for a path with a backslash or a line break.
    package static func check(_ folder: JobFolder) throws(LaunchError) {
        guard folder.path.contains(where: { $0 == "\\" || $0.isNewline }) else { return }
        throw LaunchError(
            .invalid(expected: "a path without backslashes and line breaks", found: folder.path),
            at: "--output", hint: "Slurm does not take them in the names of logs: rename a folder")
    }

    /// Hands work over, in order; when one part is refused, what was taken is canceled.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - folder: The job's folder; its record has what was handed over at the end.
    ///   - date: The time.
    /// - Returns: What was handed over.
    /// - Throws: ``LaunchError`` with `sbatch`'s words, or an error of the record.
    package func submit(
        _ work: [StageWork], in folder: JobFolder, at date: Date = Date()
    ) throws -> [JobSubmission] {
        let lock = try ExclusiveLock(waitingFor: folder.url)
        defer { withExtendedLifetime(lock) {} }
        let status = try JobStatus(of: folder, isFinal: false)
        var record = status.record
        var submitted: [JobSubmission] = []
        do {
            for part in work {
                try withdraw(part, status, &record)
                submitted.append(
                    try submit(part, status, record, behind: submitted, in: folder, at: date))
            }
            record.submissions += submitted
            try folder.write(record)
        } catch {
            // Half of the work would go on without the other; the first error is what is told.
            try? slurm.cancel(submitted.map(\.job))
            throw error
        }
        return submitted
    }

    private func submit(
        _ part: StageWork, _ status: JobStatus, _ record: JobRecord,
        behind submitted: [JobSubmission], in folder: JobFolder, at date: Date
    ) throws(LaunchError) -> JobSubmission {
        let stages = status.stages
        var jobs: [String] = []
        if let place = stages.firstIndex(where: { $0.stage == part.stage }), place > 0 {
            let before = stages[place - 1]
            // What is running of the stage before, and what was handed over of it just now.
            jobs = zip(before.stage.shards, before.states).filter { !$0.1.isOver }
                .compactMap { record.lastSubmission(of: $0.0, in: before.stage.name)?.job }
            jobs += submitted.filter { $0.stage == before.stage.name }.map(\.job)
            jobs = Set(jobs).sorted()
        }
        let number = try slurm.submit(
            Self.arguments(part, in: folder, after: jobs, maxRunning: record.maxRunning))
        return JobSubmission(
            stage: part.stage.name, job: number, shards: part.shards,
            time: Int(date.timeIntervalSince1970))
    }

    /// Cancels what would do work a second time: a collecting job that waits for other shards.
    private func withdraw(
        _ part: StageWork, _ status: JobStatus, _ record: inout JobRecord
    ) throws(LaunchError) {
        guard let stage = status.stages.first(where: { $0.stage == part.stage }) else { return }
        let live = part.shards.filter { !stage.states[$0 - 1].isOver }
            .compactMap { record.lastSubmission(of: $0, in: part.stage.name)?.job }
        try slurm.cancel(Set(live).sorted())
    }

    /// Cancels everything that is not over.
    ///
    /// - Parameter folder: The job's folder.
    /// - Returns: How many shards it concerned.
    /// - Throws: ``LaunchError`` with `scancel`'s words, or an error of the record.
    package func cancel(in folder: JobFolder) throws -> Int {
        let lock = try ExclusiveLock(waitingFor: folder.url)
        defer { withExtendedLifetime(lock) {} }
        let status = try JobStatus(of: folder, isFinal: false)
        if let problem = status.problem { throw problem }
        var record = status.record
        var live: Set<String> = []
        for stage in status.stages {
            for (shard, state) in zip(stage.stage.shards, stage.states) where !state.isOver {
                if let job = record.lastSubmission(of: shard, in: stage.stage.name)?.job {
                    live.insert(job)
                }
            }
        }
        try slurm.cancel(live.sorted())
        for index in record.submissions.indices where live.contains(record.submissions[index].job) {
            record.submissions[index].isCanceled = true
        }
        try folder.write(record)
        return status.liveCount
    }
}
