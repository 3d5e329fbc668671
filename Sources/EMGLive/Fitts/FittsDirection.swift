/// Where a class moves the cursor.
package enum FittsDirection: String, Sendable, Hashable, CaseIterable {
    /// Towards smaller x.
    case left
    /// Towards larger x.
    case right
    /// Towards larger y.
    case up
    /// Towards smaller y.
    case down

    /// The way of one arena width.
    var unit: ArenaPoint {
        switch self {
        case .left: ArenaPoint(x: -1, y: 0)
        case .right: ArenaPoint(x: 1, y: 0)
        case .up: ArenaPoint(x: 0, y: 1)
        case .down: ArenaPoint(x: 0, y: -1)
        }
    }
}
