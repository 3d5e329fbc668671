private import Foundation

/// How far away a target is and how wide: what makes it difficult.
package struct FittsCondition: Sendable, Hashable {
    /// From the arena's center to the target's, in arena widths.
    package let distance: Double
    /// The target's width, in arena widths.
    package let width: Double

    /// Creates a condition.
    ///
    /// - Parameters:
    ///   - distance: From the arena's center to the target's, in arena widths, above 0.
    ///   - width: The target's width, in arena widths, above 0.
    package init(distance: Double, width: Double) {
        self.distance = distance
        self.width = width
    }

    /// The index of difficulty in bits, log₂(D / W + 1), in Shannon's form (MacKenzie, "Fitts' law as a
    /// research and design tool in human–computer interaction", Hum.-Comput. Interact. 7, 1992).
    package var indexOfDifficulty: Double { Self.difficulty(distance, width) }

    /// The index of difficulty of a distance and a width.
    static func difficulty(_ distance: Double, _ width: Double) -> Double {
        log2(distance / width + 1)
    }
}
