public import Autodiff

/// The names and shapes of a model's parameters and their places in one flat vector.
public struct ParameterLayout: Sendable, Hashable {
    /// One parameter.
    public struct Entry: Sendable, Hashable {
        /// Its name, as PyTorch calls it: `linear1.weight`.
        public let name: String
        /// Its extents.
        public let shape: Shape
        /// Its place in the flat vector.
        public let range: Range<Int>
    }

    /// The parameters in the order of the flat vector.
    public let entries: [Entry]

    /// Lays parameters out one after the other.
    ///
    /// - Parameter parameters: Names, each once, and shapes.
    public init(_ parameters: [(name: String, shape: Shape)]) {
        precondition(
            Set(parameters.map(\.name)).count == parameters.count, "parameter names must differ")
        var start = 0
        entries = parameters.map { name, shape in
            defer { start += shape.count }
            return Entry(name: name, shape: shape, range: start..<start + shape.count)
        }
    }

    /// The last layer's place in the flat vector: its weight and its bias.
    var head: Range<Int> {
        guard entries.count > 2 else { return 0..<count }
        return entries[entries.count - 2].range.lowerBound..<count
    }

    /// Numbers in the flat vector.
    public var count: Int { entries.last?.range.upperBound ?? 0 }
}
