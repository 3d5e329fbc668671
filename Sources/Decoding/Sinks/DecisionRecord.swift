/// What is put out, with the two times that count.
package struct DecisionRecord: Sendable, Hashable {
    /// Why there is an output without a decision.
    package enum Cause: UInt8, Sendable, Hashable, CaseIterable {
        /// Nothing arrived for the duration of a window.
        case stalled = 1
        /// The connection was lost.
        case disconnected = 2
        /// What arrived was no sample.
        case corrupt = 3
        /// The stream is at its end.
        case ended = 4
        /// Somebody stopped the decoder.
        case stopped = 5
        /// The decoder cannot go on.
        case failed = 6
        /// The stream has not begun yet.
        case waiting = 7

        /// The name in JSON.
        package var name: String {
            switch self {
            case .stalled: "stalled"
            case .disconnected: "disconnected"
            case .corrupt: "corrupt"
            case .ended: "ended"
            case .stopped: "stopped"
            case .failed: "failed"
            case .waiting: "waiting"
            }
        }
    }

    /// The decision; `nil` for a neutral output that no window is behind.
    package var decision: Decision?
    /// Why there is none; `nil` when there is one.
    package var cause: Cause?
    /// When the last sample of the window arrived, by ``MonotonicClock``.
    package var arrival: UInt64
    /// When it was decided.
    package var decided: UInt64

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - decision: The decision; `nil` for a neutral output.
    ///   - cause: Why there is none.
    ///   - arrival: When the last sample arrived.
    ///   - decided: When it was decided.
    package init(
        decision: Decision?, cause: Cause?, arrival: UInt64, decided: UInt64
    ) {
        self.decision = decision
        self.cause = cause
        self.arrival = arrival
        self.decided = decided
    }

    /// What the controller is to do.
    package var output: ControlOutput {
        decision?.output ?? ControlOutput(label: nil, velocity: 0, state: .fault)
    }
}
