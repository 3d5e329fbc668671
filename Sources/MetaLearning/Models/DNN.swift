public import Documents

/// The model `dnn`: fully connected layers, for classes; see ``DenseNetwork``.
public struct DNN: ModelDefinition, Hashable {
    /// Sizes of the hidden layers, each from 1 to 65,536; at most 64, none for a linear model.
    public var hidden = [512, 128]

    /// Hidden layers of 512 and 128.
    public init() {}

    /// Hidden layers of these sizes.
    public init(hidden: [Int]) { self.hidden = hidden }

    /// `dnn`.
    public static let key = "dnn"
    /// What it is.
    public static let documentation = "Fully connected layers."
    /// Its settings.
    public static let fields: Fields<Self> = [
        Field("hidden", \.hidden, .sizes, "Sizes of the hidden fully connected layers.")
    ]

    /// Layers with ReLU between them.
    public func network(channelCount: Int, windowLength: Int, classCount: Int) -> any Network {
        DenseNetwork(
            inputWidth: channelCount * windowLength, hidden: hidden, classCount: classCount,
            name: Self.key)
    }

    /// With the sizes of `linear1.weight`, `linear2.weight`, …
    public func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard tensors["linear1.weight"] != nil else { return nil }
        return DNN(hidden: try tensors.outputs { "linear\($0).weight" }.dropLast())
    }
}
