package import Documents
package import MetaLearning

/// A trained network; its parameters are tensors under their own names.
package struct NetworkKind: DecoderModelKind {
    /// Which model, and how large.
    package var definition: any ModelDefinition = ModelDefinitions.dnn()

    /// A network of the default model.
    package init() {}

    /// A network.
    ///
    /// - Parameter definition: Which model, and how large.
    package init(_ definition: any ModelDefinition) { self.definition = definition }

    /// The name in bundles.
    package static let key = "network"
    /// What it is, in a sentence.
    package static let documentation = "A trained network, which sees normalized windows."
    /// The members of bundles.
    package static let fields: Fields<Self> = [
        Field("model", \.definition, .model, "Which model, and how large.", isRequired: true)
    ]

    /// The network with its parameters.
    package func model(
        _ file: Safetensors, for form: WindowForm, at name: String
    ) throws(MetaLearningError) -> any DecoderModel {
        let network = try definition.network(
            channelCount: form.channelCount, windowLength: form.windowLength,
            classCount: form.classCount)
        return NetworkModel(
            definition, network: network,
            parameters: try Parameters(file, for: network, name: name),
            channelCount: form.channelCount, windowLength: form.windowLength)
    }
}
