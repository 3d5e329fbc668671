/// A place in a figure, in points from its upper left corner.
struct Point: Sendable, Hashable {
    var x: Double
    var y: Double
}

/// An upright rectangle.
struct Rectangle: Sendable, Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }
}
