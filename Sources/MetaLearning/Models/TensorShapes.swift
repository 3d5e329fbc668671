private import Autodiff

/// The names and shapes of a file's tensors, and which of them a model's definition knows.
public struct TensorShapes: Sendable {
    private let shapes: [String: [Int]]
    private let file: String
    /// Tensors that were asked for and are there.
    private(set) var known: Set<String> = []

    /// Takes the names and shapes of tensors.
    ///
    /// - Parameters:
    ///   - file: The tensors.
    ///   - name: The file's name, for messages.
    init(_ file: Safetensors, name: String) {
        shapes = Dictionary(
            file.entries.map { ($0.name, $0.shape.dimensions) }, uniquingKeysWith: { $1 })
        self.file = name
    }

    /// The tensors' names in alphabetical order.
    var names: [String] { shapes.keys.sorted() }

    /// The extents of a tensor; `nil` when it is not there.
    public subscript(tensor: String) -> [Int]? {
        mutating get {
            guard let shape = shapes[tensor] else { return nil }
            known.insert(tensor)
            return shape
        }
    }

    /// The first extents of layers that are numbered from 1, as far as there are any.
    ///
    /// - Parameter layer: The name of a layer's weight by its number.
    /// - Returns: Each layer's outputs, at most 64 of them.
    /// - Throws: ``MetaLearningError`` for more layers, or an extent outside 1 to 65,536.
    public mutating func outputs(
        _ layer: (Int) -> String
    ) throws(MetaLearningError) -> [Int] {
        var result: [Int] = []
        while self[layer(result.count + 1)] != nil {
            guard result.count < 64 else {
                throw fault("at most 64 layers", "more", at: layer(result.count + 1))
            }
            result.append(try extent(of: layer(result.count + 1), at: 0))
        }
        return result
    }

    /// An extent of a tensor.
    ///
    /// - Parameters:
    ///   - tensor: Its name.
    ///   - axis: Which extent, from 0.
    ///   - bounds: What it may be.
    /// - Returns: The extent.
    /// - Throws: ``MetaLearningError`` when the tensor is missing or the extent is not within the
    ///   bounds.
    public mutating func extent(
        of tensor: String, at axis: Int, in bounds: ClosedRange<Int> = 1...65_536
    ) throws(MetaLearningError) -> Int {
        guard let shape = self[tensor] else {
            throw MetaLearningError(.missingTensor(tensor), at: file)
        }
        guard axis < shape.count, bounds.contains(shape[axis]) else {
            throw fault(
                "extent \(axis) from \(bounds.lowerBound) to \(bounds.upperBound)",
                "shape \(Shape(shape))", at: tensor)
        }
        return shape[axis]
    }

    /// An error at a tensor.
    ///
    /// - Parameters:
    ///   - expected: What should be there.
    ///   - found: What is.
    ///   - tensor: The tensor's name.
    /// - Returns: The error, for throwing.
    public func fault(
        _ expected: String, _ found: String, at tensor: String
    ) -> MetaLearningError {
        MetaLearningError(
            .outOfRange(expected: expected, found: found), at: "\(file): tensor \(tensor)")
    }
}
