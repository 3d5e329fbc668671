package import Documents
package import SeededRandom

/// Each channel multiplied by a smooth curve through `knots` points, evenly spaced over the window,
/// whose values scatter round 1 (Um et al. 2017, "Data augmentation of wearable sensor data").
package struct MagnitudeWarp: Augmentation {
    /// How many points the curve goes through.
    package var knots: Int
    /// The standard deviation of their values.
    package var deviation: Double

    /// Creates an augmentation.
    package init(knots: Int, deviation: Double) {
        self.knots = knots
        self.deviation = deviation
    }

    /// An augmentation with the defaults.
    package init() {
        self.init(knots: 4, deviation: 0.2)
    }

    /// The name in documents.
    package static let key = "magnitude_warp"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Multiplies each channel by a smooth curve round 1."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "knots", \.knots, .integer(in: 2...1_000), "How many points the curve goes through."),
        Field(
            "deviation", \.deviation, .number(in: 1e-9...10),
            "The standard deviation of their values."),
    ]

    /// Varies one window in place.
    package func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        for channel in 0..<shape.channels {
            let values = (0..<knots).map { _ in 1 + deviation * generator.nearlyNormal() }
            for sample in 0..<shape.length {
                let curve = Self.curve(values, at: sample, of: shape.length)
                windows[shape.place(channel, sample)] *= Float(curve)
            }
        }
    }

    /// The cubic through evenly spaced points whose slope at each is that of its neighbors
    /// (Catmull and Rom 1974), at one of `length` places.
    private static func curve(_ values: [Double], at place: Int, of length: Int) -> Double {
        let last = values.count - 1
        guard length > 1 else { return values[0] }
        let position = Double(place) * Double(last) / Double(length - 1)
        let left = min(Int(position), last - 1)
        let t = position - Double(left)
        let (one, other) = (values[left], values[left + 1])
        let before = left > 0 ? values[left - 1] : 2 * one - other
        let after = left + 2 <= last ? values[left + 2] : 2 * other - one
        let slopes = ((other - before) / 2, (after - one) / 2)
        let square = t * t
        let cube = square * t
        return (2 * cube - 3 * square + 1) * one + (cube - 2 * square + t) * slopes.0
            + (3 * square - 2 * cube) * other + (cube - square) * slopes.1
    }
}

extension Augmentation where Self == MagnitudeWarp {
    /// Each channel multiplied by a smooth curve through points that scatter round 1.
    package static func magnitudeWarp(knots: Int, deviation: Double) -> MagnitudeWarp {
        MagnitudeWarp(knots: knots, deviation: deviation)
    }
}
