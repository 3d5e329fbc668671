/// What came of one target.
///
/// Lengths are in arena widths, times in seconds from when the target was shown.
package struct FittsTrial: Sendable, Hashable {
    /// The number of the trial, counted from 1.
    package let number: Int
    /// The target.
    package let target: FittsTarget
    /// Whether the cursor stayed in the target for the dwell time before the time limit.
    package let isCompleted: Bool
    /// When the cursor came into the target to stay; without the dwell time. `nil` when it did not.
    package let movementSeconds: Double?
    /// How long the trial took, dwell time included.
    package let seconds: Double
    /// When the cursor moved for the first time; `nil` when it never did.
    package let reactionSeconds: Double?
    /// How often the cursor left the target before the dwell time was over.
    package let overshoots: Int
    /// How far the cursor moved in all.
    package let pathLength: Double
    /// How far it moved in the target from when it came to stay; `nil` when it did not. The
    /// "stopping distance" of Scheme and Englehart (2013).
    package let stoppingDistance: Double?
    /// Where the cursor was at the end.
    package let endPoint: ArenaPoint
    /// Decisions without a whole window of good samples, at which the cursor stood.
    package let faults: Int
    /// What was decided in the rest before.
    package let rest: RestActivity

    /// Bits a second, ID / MT (Williams and Kirsch 2008; Scheme and Englehart 2013); `nil` for a
    /// trial that was not completed.
    package var throughput: Double? {
        movementSeconds.map { target.condition.indexOfDifficulty / $0 }
    }

    /// How straight the way was, from 0 to 1: the straight line from the center to the end point,
    /// by the length of the path; `nil` when the cursor did not move.
    ///
    /// A way along the axes to a target at 45 degrees has 0.71 at best.
    package var pathEfficiency: Double? {
        pathLength > 0 ? min(1, endPoint.length / pathLength) : nil
    }
}
