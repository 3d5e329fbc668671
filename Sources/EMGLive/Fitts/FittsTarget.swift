internal import Documents
private import Foundation

/// Where a trial's cursor is to be brought: a disk in two dimensions, a band in one.
package struct FittsTarget: Sendable, Hashable {
    /// How far away it is and how wide.
    package let condition: FittsCondition
    /// The direction from the arena's center, in degrees counterclockwise from the right.
    package let degrees: Double
    /// Whether only x counts.
    let isBand: Bool

    /// The direction from the arena's center, of length 1.
    let axis: ArenaPoint

    init(_ condition: FittsCondition, degrees: Double, isBand: Bool) {
        self.condition = condition
        self.degrees = degrees
        self.isBand = isBand
        // The cosine of 90 degrees is not quite 0 where the angle is not quite π/2.
        func rounded(_ value: Double) -> Double { (value * 1e12).rounded() / 1e12 }
        let angle = degrees * .pi / 180
        axis = ArenaPoint(x: rounded(cos(angle)), y: rounded(sin(angle)))
    }

    /// The target's center.
    package var center: ArenaPoint { axis * condition.distance }

    /// Whether a cursor is in the target; its edge belongs to it.
    func contains(_ cursor: ArenaPoint) -> Bool {
        let way = cursor - center
        // Steps of decimal fractions end beside the edge that they mean.
        return (isBand ? abs(way.x) : way.length) <= condition.width / 2 + 1e-9
    }

    /// The target for the page.
    var document: DocumentValue {
        .object([
            "center": center.document, "width": .number(condition.width),
            "distance": .number(condition.distance), "degrees": .number(degrees),
            "index_of_difficulty": .number(condition.indexOfDifficulty),
        ])
    }
}
