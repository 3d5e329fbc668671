package import Documents

/// The model `mlp`: fully connected layers, small as for regression; see ``DenseNetwork``.
package struct MLP: ModelDefinition, Hashable {
    /// Sizes of the hidden layers, each from 1 to 65,536; at most 64, none for a linear model.
    package var hidden = [40, 40]
    /// Whether what each hidden layer gives is standardized over the batch.
    package var batchNorm = false

    /// Two hidden layers of 40.
    package init() {}

    /// Hidden layers of these sizes.
    package init(hidden: [Int]) { self.hidden = hidden }

    /// `mlp`.
    package static let key = "mlp"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Fully connected layers of 40, for regression."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("hidden", \.hidden, .sizes, "Sizes of the hidden fully connected layers."),
        // Left out when it is not, so that runs from before keep their identity.
        Field<Self>(
            "batch_norm", \.batchNorm, .boolean,
            "Whether what each hidden layer gives is standardized over the batch, scaled and "
                + "shifted, before ReLU."
        ).written { $0.batchNorm },
    ]

    /// Layers with ReLU between them.
    package func network(channelCount: Int, windowLength: Int, classCount: Int) -> any Network {
        DenseNetwork(
            inputWidth: channelCount * windowLength, hidden: hidden, classCount: classCount,
            hasBatchNorm: batchNorm, name: Self.key)
    }

    /// With the sizes of `linear1.weight`, `linear2.weight`, …, as a ``DNN`` has them: the tensors
    /// are assumed to be one of it when the settings say so.
    package func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard tensors["linear1.weight"] != nil else { return nil }
        var settings = MLP(hidden: try tensors.outputs { "linear\($0).weight" }.dropLast())
        settings.batchNorm = try !tensors.outputs { "norm\($0).weight" }.isEmpty
        return settings
    }
}

extension ModelDefinition where Self == MLP {
    /// Fully connected layers of these sizes, for regression.
    package static func mlp(_ hidden: [Int]) -> MLP { MLP(hidden: hidden) }
}
