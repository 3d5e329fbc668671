package import Documents
internal import Files
private import Foundation

/// How far a job is: what its shards told, and what Slurm says of them.
package struct JobStatus: Sendable, Hashable {
    /// The record of the job.
    package let record: JobRecord
    /// The stages in order.
    package let stages: [StageStatus]
    /// Why Slurm could not be asked; `nil` when it answered or was not needed.
    package let problem: LaunchError?

    /// Whether every shard of every stage is over.
    package var isOver: Bool { stages.allSatisfy(\.isOver) }

    /// Whether every shard of every stage is done.
    package var isDone: Bool { stages.allSatisfy { $0.states.allSatisfy { $0 == .done } } }

    /// How many shards are pending or running.
    package var liveCount: Int {
        stages.reduce(0) { $0 + $1.states.count { !$0.isOver } }
    }

    /// `shards: 2 running, 4 done of 16; collect: pending`.
    package var text: String { stages.map(\.text).joined(separator: "; ") }

    /// Finds out how far a job is.
    ///
    /// - Parameters:
    ///   - folder: The job's folder.
    ///   - isFinal: Whether to ask Slurm's accounting, too, why shards ended.
    /// - Throws: `DocumentError` or `FilesError` when the record cannot be read.
    package init(of folder: JobFolder, isFinal: Bool = true) throws {
        let record = try folder.record()
        switch record.launcher {
        case .slurm:
            var problem: LaunchError?
            var listing: SlurmListing?
            do throws(LaunchError) {
                listing = try Slurm().listing(
                    of: record.submissions.map(\.job), isFinal: isFinal)
            } catch {
                problem = error
            }
            try self.init(folder, record, .slurm(listing), problem: problem)
        case .local:
            let isAlive = try ExclusiveLock(of: folder.url) == nil
            try self.init(folder, record, .local(isAlive: isAlive))
        }
    }

    /// Reads what shards told, after their runner was asked.
    init(
        _ folder: JobFolder, _ record: JobRecord, _ runner: ShardState.Runner,
        problem: LaunchError? = nil
    ) throws(FilesError) {
        self.record = record
        self.problem = problem
        let names = try folder.eventNames()
        var stages: [StageStatus] = []
        for stage in record.stages {
            var (states, seconds): ([ShardState], [Int?]) = ([], [])
            // The last of several submissions counts.
            var submissions: [Int: JobSubmission] = [:]
            for submission in record.submissions where submission.stage == stage.name {
                for shard in submission.shards { submissions[shard] = submission }
            }
            for shard in stage.shards {
                let isThere = names.contains(stage.fileName(of: shard) + ".jsonl")
                let events = isThere ? try folder.events(of: shard, in: stage) : []
                let state = ShardState(
                    events, submissions[shard], shard: stage.isSharded ? shard : nil,
                    runner: runner)
                states.append(state)
                seconds.append(state.isOver ? Self.seconds(events) : nil)
            }
            stages.append(StageStatus(stage: stage, states: states, seconds: seconds))
        }
        self.stages = stages
    }

    /// How long the last try took.
    private static func seconds(_ events: [ShardEvent]) -> Int? {
        guard let end = events.last, end.kind == .end,
            let start = events.last(where: { $0.kind == .start && $0.job == end.job })
        else { return nil }
        return max(0, end.time - start.time)
    }

    /// What is to be done again: unfinished shards, and what comes behind them.
    package var unfinishedWork: [StageWork] {
        var work: [StageWork] = []
        for status in stages {
            let stage = status.stage
            let isCollecting = stage.start == .afterEnd && !work.isEmpty
            let shards = isCollecting ? Array(stage.shards) : status.repeated
            if !shards.isEmpty { work.append(StageWork(stage: stage, shards: shards)) }
        }
        return work
    }

    /// For programs.
    package var document: DocumentValue {
        .object(known: [
            "command": .string(record.commandName), "output": .string(record.output),
            "launcher": .string(record.launcher.rawValue),
            "jobs": .strings(
                record.submissions.map(\.job).reduce(into: []) { jobs, job in
                    if !jobs.contains(job) { jobs.append(job) }
                }),
            "is_over": .boolean(isOver), "is_done": .boolean(isDone),
            "problem": problem.map { .string("\($0)") },
            "stages": .array(stages.map(\.document)),
        ])
    }
}

/// Shards of a stage that are handed over together.
package struct StageWork: Sendable, Hashable {
    /// The stage.
    package let stage: JobStage
    /// Which shards.
    package let shards: [Int]

    /// Creates work.
    package init(stage: JobStage, shards: [Int]) {
        self.stage = stage
        self.shards = shards
    }
}

extension [StageWork] {
    /// All shards of stages.
    package static func all(of stages: [JobStage]) -> [StageWork] {
        stages.map { StageWork(stage: $0, shards: [Int]($0.shards)) }
    }
}

extension StageStatus {
    /// For programs: counts, and each shard that is over.
    fileprivate var document: DocumentValue {
        let counts = ShardState.names.map {
            DocumentValue.Member(key: $0, value: .integer(count($0)))
        }
        let shards = stage.shards.map { shard in
            let state = states[shard - 1]
            var reason: String?
            switch state {
            case .pending(let text), .failed(let text): reason = text.isEmpty ? nil : text
            default: break
            }
            return DocumentValue.object(known: [
                "shard": .integer(shard), "state": .string(state.name),
                "reason": reason.map { .string($0) },
                "seconds": seconds[shard - 1].map { .integer($0) },
            ])
        }
        return .object(
            [.init(key: "stage", value: .string(stage.name))] + counts
                + [.init(key: "shards", value: .array(shards))])
    }
}
