/// What a trajectory's parts take, and which schedule keeps them within a budget.
package struct TrajectoryPlan: Sendable, Hashable {
    /// Bytes of a state: parameters and moments.
    package let stateBytes: Int
    /// Bytes of the values of one step that its derivatives read.
    package let recordBytes: Int
    /// Bytes of the parameters that derivatives of one step read; `nil` when they need more of a
    /// state.
    package let savedBytes: Int?
    /// What the trajectory may take, in bytes; two states are the least.
    package let budget: Int

    /// Creates a plan of these sizes.
    package init(stateBytes: Int, recordBytes: Int, savedBytes: Int?, budget: Int) {
        self.stateBytes = stateBytes
        self.recordBytes = recordBytes
        self.savedBytes = savedBytes
        self.budget = budget
    }

    /// The schedule of an exact gradient.
    ///
    /// - Parameters:
    ///   - stepCount: Inner steps, at least 1.
    ///   - needsStates: Whether more than the derivative of each step is asked for at its state.
    /// - Returns: The fastest one that fits.
    package func exact(stepCount: Int, needsStates: Bool) -> TrajectorySchedule {
        // Where derivatives read most of the parameters, a state costs less than a note.
        if !needsStates, let savedBytes, 2 * savedBytes <= stateBytes,
            stepCount * (recordBytes + savedBytes) + 2 * stateBytes <= budget
        {
            return .exactInPlace(stepCount: stepCount)
        }
        let left = budget - (stepCount + 1) * stateBytes
        if left >= 0 {
            return .exactFromStates(
                stepCount: stepCount,
                recordedSteps: recordBytes > 0 ? left / recordBytes : stepCount)
        }
        // A step that is taken again from its record costs less than one without.
        let keepsRecords = stepCount * recordBytes <= min(budget / 2, budget - 2 * stateBytes)
        let forStates = budget - (keepsRecords ? stepCount * recordBytes : 0)
        return .exact(
            stepCount: stepCount, slotCount: max(2, forStates / stateBytes),
            keepsRecords: keepsRecords)
    }

    /// Bytes of what a schedule keeps.
    package func bytes(of schedule: TrajectorySchedule) -> Int {
        let saved = schedule.savesParameters ? schedule.stepCount * (savedBytes ?? 0) : 0
        return schedule.slotCount * stateBytes + schedule.recordedSteps * recordBytes + saved
    }
}
