private import Foundation

/// The ends of an axis, found from what is stated and what is drawn.
struct AxisExtent: Sendable, Hashable {
    var low: Double
    var high: Double
    let isLogarithmic: Bool

    /// Magnitudes beyond it count as it: their differences must stay numbers.
    static let largest = 1e300
    /// Magnitudes below it count as zero.
    static let smallest = 1e-290

    /// Finds the ends of an axis.
    ///
    /// - Parameters:
    ///   - axis: The axis.
    ///   - values: The lowest and the highest value on it; `nil` when there is none.
    init(_ axis: Axis, values: (low: Double, high: Double)?) {
        if let names = axis.categories {
            self.init(low: -0.5, high: Double(max(1, names.count)) - 0.5, isLogarithmic: false)
            return
        }
        let isLogarithmic = axis.scale == .logarithmic
        let fallback = isLogarithmic ? (low: 1.0, high: 10.0) : (low: 0.0, high: 1.0)
        var (low, high) = values ?? fallback
        if let stated = axis.range?.lowerBound, Self.isUsable(stated, isLogarithmic: isLogarithmic)
        {
            low = stated
            if values == nil || high < low { high = isLogarithmic ? low * 10 : low + 1 }
        }
        if let stated = axis.range?.upperBound, Self.isUsable(stated, isLogarithmic: isLogarithmic)
        {
            high = stated
            if low > high { low = isLogarithmic ? high / 10 : high - 1 }
        }
        self.init(low: low, high: high, isLogarithmic: isLogarithmic)
    }

    private init(low: Double, high: Double, isLogarithmic: Bool) {
        self.isLogarithmic = isLogarithmic
        self.low = Self.held(low, isLogarithmic: isLogarithmic)
        self.high = Self.held(high, isLogarithmic: isLogarithmic)
        if isLogarithmic {
            if self.high < self.low * 1.000_1 {
                self.low /= 2
                self.high *= 2
            }
            return
        }
        let magnitude = max(abs(self.low), abs(self.high))
        if magnitude == 0 {
            (self.low, self.high) = (-1, 1)
        } else if self.high - self.low < 1e-9 * magnitude {
            // A constant: it lies in the middle.
            (self.low, self.high) = (
                self.low - 0.1 * magnitude, self.high + 0.1 * magnitude
            )
        }
    }

    /// Whether a value can stand on the axis.
    static func isUsable(_ value: Double, isLogarithmic: Bool) -> Bool {
        value.isFinite && (!isLogarithmic || value > 0)
    }

    private static func held(_ value: Double, isLogarithmic: Bool) -> Double {
        if isLogarithmic { return min(largest, max(smallest, value)) }
        return abs(value) < smallest ? 0 : min(largest, max(-largest, value))
    }

    /// The numbers along the axis, at most about `count`; ends that are not stated move out to the
    /// nearest ones when they should be round.
    mutating func ticks(count: Int, axis: Axis, isRound: Bool) -> Ticks {
        if isLogarithmic {
            if isRound, axis.range == nil {
                low = max(Self.smallest, pow(10, (log10(low) + 1e-9).rounded(.down)))
                high = min(Self.largest, pow(10, (log10(high) - 1e-9).rounded(.up)))
            }
            return .logarithmic(from: low, to: high, count: count)
        }
        guard isRound, axis.range == nil else {
            var ticks = Ticks.linear(from: low, to: high, count: count)
            // One number alone tells no scale.
            for more in count...count + 3 where count > 1 && ticks.values.count < 2 {
                ticks = .linear(from: low, to: high, count: more)
            }
            return ticks
        }
        let ticks = Ticks.covering(from: low, to: high, count: count)
        low = min(low, ticks.values[0])
        high = max(high, ticks.values[ticks.values.count - 1])
        return ticks
    }
}
