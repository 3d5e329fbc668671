/// How far a shard is.
package enum ShardState: Sendable, Hashable {
    /// It waits; why, as Slurm says it, or empty.
    case pending(reason: String)
    /// It is being done.
    case running
    /// It is done.
    case done
    /// It is done, but for inputs that were refused: its command ended with status 1.
    case refused
    /// It did not get to its end, and why.
    case failed(reason: String)
    /// It was canceled before it was done.
    case canceled

    /// The name for programs and tables.
    package var name: String {
        switch self {
        case .pending: "pending"
        case .running: "running"
        case .done: "done"
        case .refused: "refused"
        case .failed: "failed"
        case .canceled: "canceled"
        }
    }

    /// The names in the order of tables.
    package static let names = ["pending", "running", "done", "refused", "failed", "canceled"]

    /// Whether nothing more happens to it by itself.
    package var isOver: Bool {
        switch self {
        case .pending, .running: false
        case .done, .refused, .failed, .canceled: true
        }
    }

    /// Whether it is over and something is left to do.
    package var isUnfinished: Bool { isOver && self != .done }
}

extension ShardState {
    /// Who runs shards, and whether that is so still.
    package enum Runner: Sendable, Hashable {
        /// Slurm, with what it says; `nil` when it does not answer.
        case slurm(SlurmListing?)
        /// A process of this machine.
        case local(isAlive: Bool)
    }

    /// Concludes from what the shard told and what its runner says. The runner must have been asked
    /// first: a shard that ends between the two then counts as what it told last.
    ///
    /// - Parameters:
    ///   - events: What the shard told.
    ///   - submission: What it was last handed over with; `nil` when it was not.
    ///   - shard: Its number in the array; `nil` for a job that is none.
    ///   - runner: Who runs it.
    package init(
        _ events: [ShardEvent], _ submission: JobSubmission?, shard: Int?, runner: Runner
    ) {
        guard let submission else {
            self = runner == .local(isAlive: true) ? .pending(reason: "") : .canceled
            return
        }
        let last = events.last { $0.job == submission.job }
        let state: ShardState =
            switch runner {
            case .slurm(let listing):
                Self.state(
                    last, listing.map { $0.entry(of: submission.job, index: shard) })
            case .local(let isAlive): Self.state(last, isAlive: isAlive)
            }
        if submission.isCanceled, case .failed = state { self = .canceled } else { self = state }
    }

    // The entry is what Slurm says of the shard: nothing, or not even that.
    private static func state(_ last: ShardEvent?, _ entry: SlurmListing.Entry??) -> ShardState {
        guard let answer = entry else {
            // Slurm does not answer: what the shard told is all there is.
            if let status = last?.status { return ended(status, nil) }
            return last == nil ? .pending(reason: "Slurm does not answer") : .running
        }
        let phase = answer.map { $0.state?.phase ?? .running }
        if phase == .waiting { return .pending(reason: answer?.reason ?? "") }
        if let status = last?.status { return ended(status, answer?.state) }
        if phase == .running { return .running }
        if answer?.state == .canceled { return .canceled }
        let reason =
            answer?.state?.reason
            ?? (last == nil
                ? answer.map { "it ended before its script began: \($0.word)" }
                    ?? "it is not in the queue and never began"
                : "it ended without a word: it was killed, or its node failed")
        return .failed(reason: reason)
    }

    private static func state(_ last: ShardEvent?, isAlive: Bool) -> ShardState {
        if let status = last?.status { return ended(status, nil) }
        if isAlive { return last == nil ? .pending(reason: "") : .running }
        return last == nil
            ? .canceled : .failed(reason: "it ended without a word, as did who started it")
    }

    private static func ended(_ status: Int, _ state: SlurmState?) -> ShardState {
        switch status {
        case 0: .done
        case 1: .refused
        default: .failed(reason: state?.reason ?? Self.reason(of: status))
        }
    }

    private static func reason(of status: Int) -> String {
        switch status {
        case 130: "it was stopped, and has saved what it had"
        case 129...: "it was ended by signal \(status - 128)"
        default: "it ended with status \(status)"
        }
    }
}
