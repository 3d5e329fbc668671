internal import Autodiff
internal import MetaLearning

extension Safetensors {
    /// The finite numbers of a tensor of a known shape.
    ///
    /// - Parameters:
    ///   - tensorName: The tensor.
    ///   - shape: Its shape.
    ///   - file: The file's name, for messages.
    /// - Returns: The numbers in row-major order.
    /// - Throws: `MetaLearningError` for a tensor that is missing, of another shape or not finite.
    func numbers(
        _ tensorName: String, shape: Shape, in file: String
    ) throws(MetaLearningError) -> [Double] {
        let tensor: Tensor<Double> = try tensor(tensorName, in: file)
        guard tensor.shape == shape else {
            throw MetaLearningError(
                .incompatible(expected: "shape \(shape)", found: "shape \(tensor.shape)"),
                at: "\(file): tensor \(tensorName)")
        }
        guard tensor.elements.allSatisfy(\.isFinite) else {
            throw MetaLearningError(.notFinite("tensor \(tensorName)"), at: file)
        }
        return tensor.elements
    }

    /// Stores parameters, each under its own name.
    mutating func set(_ parameters: Parameters<Float>) {
        for entry in parameters.layout.entries {
            set(
                entry.name,
                to: Tensor(shape: entry.shape, elements: Array(parameters.values[entry.range])))
        }
    }
}
