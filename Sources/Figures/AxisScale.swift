private import Foundation

/// Where the values of an axis lie in a figure.
struct AxisScale: Sendable, Hashable {
    let extent: AxisExtent
    /// Where the lower end lies, in points.
    let start: Double
    /// Where the upper end lies.
    let end: Double

    /// The place of a value in points, at most a figure's length beyond the ends; `nil` for one
    /// that cannot stand on the axis.
    func position(_ value: Double) -> Double? {
        guard AxisExtent.isUsable(value, isLogarithmic: extent.isLogarithmic) else { return nil }
        let share: Double
        if extent.isLogarithmic {
            share = log(value / extent.low) / log(extent.high / extent.low)
        } else {
            // By halves: the difference of two large numbers may be none.
            share = (value / 2 - extent.low / 2) / (extent.high / 2 - extent.low / 2)
        }
        guard share.isFinite else { return nil }
        let beyond = 20_000 / max(1, abs(end - start))
        return start + min(1 + beyond, max(-beyond, share)) * (end - start)
    }

    /// Whether a value lies between the ends, but for rounding.
    func contains(_ value: Double) -> Bool {
        guard let place = position(value) else { return false }
        return place >= min(start, end) - 1e-6 && place <= max(start, end) + 1e-6
    }
}
