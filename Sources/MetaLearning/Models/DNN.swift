package import Documents

/// The model `dnn`: fully connected layers, for classes; see ``DenseNetwork``.
package struct DNN: ModelDefinition, Hashable {
    /// Sizes of the hidden layers, each from 1 to 65,536; at most 64, none for a linear model.
    package var hidden = [512, 128]
    /// Whether what each hidden layer gives is standardized over the batch.
    package var batchNorm = false

    /// Hidden layers of 512 and 128.
    package init() {}

    /// Hidden layers of these sizes.
    package init(hidden: [Int]) { self.hidden = hidden }

    /// `dnn`.
    package static let key = "dnn"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Fully connected layers."
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

    /// With the sizes of `linear1.weight`, `linear2.weight`, …
    package func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard tensors["linear1.weight"] != nil else { return nil }
        var settings = DNN(hidden: try tensors.outputs { "linear\($0).weight" }.dropLast())
        settings.batchNorm = try !tensors.outputs { "norm\($0).weight" }.isEmpty
        return settings
    }
}
