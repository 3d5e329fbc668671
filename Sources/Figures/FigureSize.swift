/// Width and height of a figure in points, 72 to an inch.
public struct FigureSize: Sendable, Hashable {
    /// The width in points.
    public let width: Double
    /// The height in points.
    public let height: Double

    /// The lengths a side can have: a PDF page has at most 14,400 points.
    public static let sides = 72.0...14_400.0

    /// Creates a size.
    ///
    /// - Parameters:
    ///   - width: In points, within ``sides``.
    ///   - height: In points, within ``sides``.
    public init(width: Double, height: Double) {
        precondition(
            Self.sides.contains(width) && Self.sides.contains(height),
            "the sides of a figure have 72 to 14400 points, got \(width) and \(height)")
        self.width = width
        self.height = height
    }

    /// A figure over the width of a page: 10 by 5.6 inches.
    public static let wide = FigureSize(width: 720, height: 400)
    /// A figure as high as wide: 5.6 inches.
    public static let square = FigureSize(width: 400, height: 400)
}
