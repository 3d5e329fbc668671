package import Documents
package import SeededRandom

/// The armband, or the grid, put on turned round the limb.
package struct BandRotation: TaskVariation {
    /// By how many places to either side at most; `nil` for any turn of the whole circumference.
    package var places: Double?
    /// Whether it may sit between two places.
    package var isFractional: Bool

    /// Creates a variation.
    package init(places: Double? = nil, isFractional: Bool = false) {
        self.places = places
        self.isFractional = isFractional
    }

    /// Any whole turn.
    package init() { self.init(places: nil) }

    /// The name in documents.
    package static let key = "rotation"
    /// What it is.
    package static let documentation =
        "The band is turned round the limb: the channels of a ring, or the columns of a grid."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            optional: "places", \.places, .number(in: 0...1_000_000),
            "By how many places to either side at most; any turn of the whole circumference when "
                + "left out.", absence: .leftOut),
        Field(
            "fractional", \.isFractional, .boolean,
            "Whether the band may sit between two places, where a channel has the linear "
                + "interpolation of its neighbors: true of envelopes and amplitudes; raw signals of "
                + "two electrodes partly cancel."),
    ]

    /// Draws the turn.
    package func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        switch (places, isFractional) {
        case (nil, false): draw.turn += Double(generator.integer(below: task.columnCount))
        case (nil, true): draw.turn += generator.uniform(in: 0..<Double(task.columnCount))
        case (let places?, false):
            let most = Int(places)
            draw.turn += Double(generator.count(in: -most...most))
        case (let places?, true): draw.turn += places * (2 * generator.uniform() - 1)
        }
    }
}
