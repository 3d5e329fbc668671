/// How a line is drawn.
struct Stroke: Sendable, Hashable {
    var color: Color
    var width: Double
    var dash: [Double] = []
}

/// A line of text.
struct Caption: Sendable, Hashable {
    enum Anchor: String, Sendable, Hashable {
        case start
        case middle
        case end
    }

    var text: String
    /// Where the anchor's point of the base line lies.
    var at: Point
    var size = TextMetrics.size
    var anchor = Anchor.start
    var isBold = false
    /// Whether it reads from below to above.
    var isUpright = false
    var color = Palette.text
}

/// What a figure consists of, in the order in which it is drawn.
indirect enum Shape: Sendable, Hashable {
    case line([Point], Stroke)
    case area([Point], Color, opacity: Double)
    case box(Rectangle, fill: Color, outline: Stroke? = nil)
    case dots([Point], radius: Double, Color)
    case caption(Caption)
    /// Shapes of which only what is inside a rectangle is seen.
    case clipped(Rectangle, [Shape])
}
