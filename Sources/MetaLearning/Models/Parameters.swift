public import Autodiff

/// A model's parameters: named tensors in one flat vector.
public struct Parameters<Scalar: TensorScalar>: Sendable, Hashable {
    /// Names, shapes and places.
    public let layout: ParameterLayout
    /// The numbers of all parameters, one after the other.
    public let values: [Scalar]

    /// Creates parameters.
    ///
    /// - Parameters:
    ///   - layout: Names, shapes and places.
    ///   - values: The flat vector, `layout.count` numbers.
    public init(layout: ParameterLayout, values: [Scalar]) {
        precondition(
            values.count == layout.count,
            "expected \(layout.count) parameters, got \(values.count)")
        self.layout = layout
        self.values = values
    }

    /// A parameter by its name.
    public subscript(name: String) -> Tensor<Scalar>? {
        layout.entries.first { $0.name == name }.map { entry in
            Tensor(shape: entry.shape, elements: Array(values[entry.range]))
        }
    }
}
