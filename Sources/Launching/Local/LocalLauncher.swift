private import ErrorReports
private import Files
private import Foundation

/// Runs the shards of a job as processes of this machine, some at a time.
///
/// Scripts, events and logs are those of a cluster, so that everything can be tried without one.
package struct LocalLauncher: Sendable {
    /// How many shards run at once.
    private let maxRunning: Int

    /// Creates a launcher.
    ///
    /// - Parameter maxRunning: How many shards run at once, at least 1.
    package init(maxRunning: Int) {
        precondition(maxRunning >= 1, "somebody has to work")
        self.maxRunning = maxRunning
    }

    /// Does work, stage by stage.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - folder: The job's folder.
    ///   - isStopped: Asks whether to stop: what is running is asked to end then.
    ///   - show: Called now and then with how far everything is.
    /// - Returns: How everything ended.
    /// - Throws: ``LaunchError`` when another process is at it, or an error of the record.
    package func run(
        _ work: [StageWork], in folder: JobFolder, isStopped: () -> Bool = { false },
        show: (JobStatus) -> Void = { _ in }
    ) throws -> JobStatus {
        guard let lock = try ExclusiveLock(of: folder.url) else {
            throw LaunchError(
                .busy(shards: try JobStatus(of: folder).liveCount), at: folder.path,
                hint: "wait for it, or end it with: myotask jobs cancel \(folder.path)")
        }
        defer { withExtendedLifetime(lock) {} }
        var record = try folder.record()
        let job = "local-\(Set(record.submissions.map(\.job)).count + 1)"
        for part in work {
            var submission = JobSubmission(
                stage: part.stage.name, job: job, shards: part.shards,
                time: Int(Date().timeIntervalSince1970))
            submission.host = HostName.current
            submission.process = Int(ProcessInfo.processInfo.processIdentifier)
            record.submissions.append(submission)
        }
        try folder.write(record)
        var isCanceled = false
        for part in work where !isCanceled {
            let status = try JobStatus(folder, record, .local(isAlive: true))
            guard Self.canStart(part.stage, status) else { break }
            isCanceled = try run(part, job, in: folder, isStopped: isStopped) {
                show(try JobStatus(folder, record, .local(isAlive: true)))
            }
        }
        if isCanceled {
            for index in record.submissions.indices where record.submissions[index].job == job {
                record.submissions[index].isCanceled = true
            }
            try folder.write(record)
        }
        return try JobStatus(folder, record, .local(isAlive: false))
    }

    private static func canStart(_ stage: JobStage, _ status: JobStatus) -> Bool {
        guard stage.start == .afterSuccess,
            let place = status.stages.firstIndex(where: { $0.stage == stage }), place > 0
        else { return true }
        return status.stages[place - 1].states.allSatisfy { $0 == .done }
    }

    /// Runs shards until all are over.
    ///
    /// - Returns: Whether it was stopped.
    private func run(
        _ part: StageWork, _ job: String, in folder: JobFolder, isStopped: () -> Bool,
        show: () throws -> Void
    ) throws -> Bool {
        var waiting = part.shards[...]
        var running: [ShardProcess] = []
        var lastShown = ContinuousClock.now
        var hasAsked = false
        while !waiting.isEmpty || !running.isEmpty {
            if isStopped() {
                waiting = []
                if !hasAsked { for process in running { process.terminate() } }
                hasAsked = true
            }
            running.removeAll { !$0.isRunning }
            while running.count < maxRunning, let shard = waiting.popFirst() {
                running.append(
                    try ShardProcess(
                        [
                            "bash", folder.script(of: part.stage).path(percentEncoded: false),
                            String(shard), job,
                        ], log: folder.log(of: shard, in: part.stage)))
            }
            usleep(20_000)
            if ContinuousClock.now - lastShown > .milliseconds(500) {
                lastShown = .now
                try show()
            }
        }
        try show()
        return hasAsked
    }

    /// Asks the process that runs the shards of a job to end them and itself.
    ///
    /// - Parameter folder: The job's folder.
    /// - Returns: How many shards it concerned; 0 when nothing runs.
    /// - Throws: ``LaunchError`` when it runs on another machine, or an error of the record.
    package static func cancel(in folder: JobFolder) throws -> Int {
        let status = try JobStatus(of: folder)
        guard status.liveCount > 0, let last = status.record.submissions.last,
            let process = last.process
        else { return 0 }
        guard last.host == HostName.current else {
            throw LaunchError(
                .invalid(
                    expected: "a job of this machine", found: "one of \(last.host ?? "another")"),
                at: folder.path, hint: "cancel it there")
        }
        kill(pid_t(process), SIGTERM)
        return status.liveCount
    }
}
