internal import Documents
private import Foundation

/// A place in the arena, or the way from one place to another.
///
/// The arena is a square. Both coordinates are in arena widths, x to the right and y up, from −0.5
/// to 0.5; its center is (0, 0).
package struct ArenaPoint: Sendable, Hashable {
    /// The center.
    package static let center = ArenaPoint(x: 0, y: 0)

    /// To the right, in arena widths.
    package var x: Double
    /// Up, in arena widths.
    package var y: Double

    /// Creates a point.
    ///
    /// - Parameters:
    ///   - x: To the right, in arena widths.
    ///   - y: Up, in arena widths.
    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// How far the point is from the center.
    var length: Double { (x * x + y * y).squareRoot() }

    /// The point of the arena that is nearest.
    var insideArena: ArenaPoint {
        ArenaPoint(x: max(-0.5, min(0.5, x)), y: max(-0.5, min(0.5, y)))
    }

    /// How far the point lies along a direction, which is a way of length 1.
    func along(_ direction: ArenaPoint) -> Double { x * direction.x + y * direction.y }

    /// The point as a list of x and y.
    var document: DocumentValue { .numbers([x, y]) }

    static func + (left: Self, right: Self) -> Self {
        ArenaPoint(x: left.x + right.x, y: left.y + right.y)
    }

    static func - (left: Self, right: Self) -> Self {
        ArenaPoint(x: left.x - right.x, y: left.y - right.y)
    }

    static func * (point: Self, factor: Double) -> Self {
        ArenaPoint(x: point.x * factor, y: point.y * factor)
    }
}
