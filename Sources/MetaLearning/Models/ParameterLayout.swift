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

    /// The place of so many layers at the end: tensors of one name but for what follows its last dot.
    func lastLayers(_ layerCount: Int) -> Range<Int> {
        var (left, start, layer) = (layerCount, count, "")
        for entry in entries.reversed() {
            let name = String(
                entry.name.prefix(upTo: entry.name.lastIndex(of: ".") ?? entry.name.endIndex))
            if name != layer {
                guard left > 0 else { break }
                (left, layer) = (left - 1, name)
            }
            start = entry.range.lowerBound
        }
        return start..<count
    }

    /// Parameters with those of the same name and shape taken from others.
    ///
    /// - Parameters:
    ///   - values: Parameters of another layout.
    ///   - other: That layout.
    ///   - result: Parameters of this one.
    ///   - part: Where parameters are taken over; everywhere when left out.
    /// - Returns: Parameters of this layout.
    func carry(
        _ values: [Float], of other: ParameterLayout, into result: [Float],
        within part: Range<Int>? = nil
    ) -> [Float] {
        var result = result
        let sources = Dictionary(uniqueKeysWithValues: other.entries.map { ($0.name, $0) })
        for entry in entries where part.map({ $0.contains(entry.range.lowerBound) }) ?? true {
            guard let source = sources[entry.name], source.shape == entry.shape else { continue }
            result.replaceSubrange(entry.range, with: values[source.range])
        }
        return result
    }

    /// Numbers in the flat vector.
    public var count: Int { entries.last?.range.upperBound ?? 0 }
}
