/// What Slurm says of a job: the words of `squeue` and `sacct`.
package enum SlurmState: String, Sendable, Hashable, CaseIterable {
    case bootFail = "BOOT_FAIL"
    case canceled = "CANCELLED"
    case completed = "COMPLETED"
    case completing = "COMPLETING"
    case configuring = "CONFIGURING"
    case deadline = "DEADLINE"
    case failed = "FAILED"
    case nodeFail = "NODE_FAIL"
    case outOfMemory = "OUT_OF_MEMORY"
    case pending = "PENDING"
    case preempted = "PREEMPTED"
    case requeued = "REQUEUED"
    case requeueFed = "REQUEUE_FED"
    case requeueHold = "REQUEUE_HOLD"
    case reservationHold = "RESV_DEL_HOLD"
    case resizing = "RESIZING"
    case revoked = "REVOKED"
    case running = "RUNNING"
    case signaling = "SIGNALING"
    case specialExit = "SPECIAL_EXIT"
    case stageOut = "STAGE_OUT"
    case stopped = "STOPPED"
    case suspended = "SUSPENDED"
    case timeout = "TIMEOUT"

    /// How far a job is.
    package enum Phase: Sendable, Hashable {
        /// It waits.
        case waiting
        /// It is being done.
        case running
        /// It is over.
        case over
    }

    /// Reads a state; `nil` for a word that this version does not know.
    ///
    /// - Parameter text: The word, perhaps with more behind it, as in `CANCELLED by 1000` and
    ///   `CANCELLED+`.
    package init?(parsing text: some StringProtocol) {
        let word = text.prefix { $0.isLetter || $0 == "_" }
        self.init(rawValue: word.uppercased())
    }

    /// How far the job is.
    package var phase: Phase {
        switch self {
        case .pending, .requeued, .requeueFed, .requeueHold, .reservationHold, .specialExit,
            .configuring:
            .waiting
        case .running, .completing, .resizing, .signaling, .stageOut, .stopped, .suspended:
            .running
        case .bootFail, .canceled, .completed, .deadline, .failed, .nodeFail, .outOfMemory,
            .preempted, .revoked, .timeout:
            .over
        }
    }

    /// Why a job that is over did not get to its end, in words; `nil` where Slurm knows no more
    /// than that it ended.
    package var reason: String? {
        switch self {
        case .bootFail: "its node did not start"
        case .canceled: "it was canceled"
        case .deadline: "its deadline passed"
        case .nodeFail: "its node failed"
        case .outOfMemory: "it needed more memory than it asked for"
        case .preempted: "a job of more importance took its place"
        case .timeout: "its time was over"
        default: nil
        }
    }
}
