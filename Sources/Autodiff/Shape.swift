/// The extents of a tensor; the last one varies fastest in memory.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The extents, each at least 0; none for a scalar.
    public let dimensions: [Int]
    /// How many elements a tensor of this shape has.
    public let count: Int

    /// Creates a shape.
    ///
    /// - Parameter dimensions: The extents, each at least 0.
    public init(_ dimensions: [Int]) {
        precondition(
            dimensions.allSatisfy { $0 >= 0 }, "extents must be at least 0, got \(dimensions)")
        self.dimensions = dimensions
        count = dimensions.reduce(1, *)
    }

    /// Creates a shape from its extents.
    public init(arrayLiteral dimensions: Int...) {
        self.init(dimensions)
    }

    /// The shape of a single number.
    public static let scalar: Shape = []

    /// How many extents there are.
    public var rank: Int { dimensions.count }

    /// One extent.
    public subscript(index: Int) -> Int { dimensions[index] }

    /// The extents, as `[32, 320]`.
    public var description: String { "\(dimensions)" }
}
