internal import Documents
private import Statistics

/// The throughput of a condition as ISO 9241-411:2012 has it: with the distance and the width that
/// end points had instead of those that were asked for.
///
/// Effective width We = 4.133 · SD of the end points along the task axis, the line from the center to
/// the target; effective distance De = their mean along it; IDe = log₂(De / We + 1); throughput =
/// IDe / mean movement time (Soukoreff and MacKenzie, "Towards a standard for pointing device
/// evaluation", Int. J. Hum.-Comput. Stud. 61, 2004). 4.133 deviations hold 96 % of a normal
/// distribution.
package struct EffectiveThroughput: Sendable, Hashable {
    /// The condition.
    package let condition: FittsCondition
    /// How many trials of it were completed.
    package let count: Int
    /// De, in arena widths.
    package let distance: Double
    /// We, in arena widths.
    package let width: Double
    /// The mean movement time, in seconds.
    package let movementSeconds: Double

    /// IDe, in bits.
    package var indexOfDifficulty: Double { FittsCondition.difficulty(distance, width) }
    /// IDe / MT, in bits a second.
    package var bitsPerSecond: Double { indexOfDifficulty / movementSeconds }

    /// Creates the throughput of a condition; `nil` with fewer than two completed trials, and when
    /// all end points are as far along: they have no width then.
    ///
    /// - Parameters:
    ///   - condition: The condition.
    ///   - trials: Trials of any condition.
    package init?(_ condition: FittsCondition, of trials: [FittsTrial]) {
        let own = trials.filter { $0.isCompleted && $0.target.condition == condition }
        let ends = own.map { $0.endPoint.along($0.target.axis) }
        guard let deviation = ends.standardDeviation, deviation > 1e-9, let distance = ends.mean,
            distance > 0, let seconds = own.compactMap(\.movementSeconds).mean
        else { return nil }
        self.condition = condition
        count = own.count
        self.distance = distance
        width = Self.deviations * deviation
        movementSeconds = seconds
    }

    private static let deviations = 4.133

    /// The throughput for programs.
    var document: DocumentValue {
        .object([
            "distance": .number(condition.distance), "width": .number(condition.width),
            "trials": .integer(count), "effective_distance": .number(distance),
            "effective_width": .number(width),
            "effective_index_of_difficulty": .number(indexOfDifficulty),
            "movement_seconds": .number(movementSeconds), "throughput": .number(bitsPerSecond),
        ])
    }
}
