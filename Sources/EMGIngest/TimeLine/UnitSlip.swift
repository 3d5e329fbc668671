private import Foundation

/// Time stamps that were read in another unit than they are in: the rate that they give is the
/// true one times the quotient of two units.
struct UnitSlip: Sendable, Hashable {
    /// By how many times the unit is smaller than the one read in; below 1 when it is larger.
    private let factor: Double

    /// Finds such a slip; `nil` when no two units explain the difference.
    ///
    /// - Parameters:
    ///   - measured: The rate by the stamps, in hertz.
    ///   - stated: The rate that is known otherwise.
    init?(measuredHertz measured: Double, statedHertz stated: Double) {
        guard measured > 0, stated > 0 else { return nil }
        let quotient = stated / measured
        let factors = Self.quotients + Self.quotients.map { 1 / $0 }
        guard let factor = factors.first(where: { abs(quotient / $0 - 1) < Self.tolerance }) else {
            return nil
        }
        self.factor = factor
    }

    /// Which unit it is, as the end of a sentence.
    var text: String {
        let times = factor > 1 ? factor : (1 / factor).rounded()
        return "in a unit \(times.brief) times \(factor > 1 ? "smaller" : "larger") than they are "
            + "read in"
    }

    /// Between s, ms, us, ns and min.
    private static let quotients: [Double] = [60, 1e3, 6e4, 1e6, 6e7, 1e9]
    /// How well a rate by stamps is known at least.
    private static let tolerance = 0.02
}
