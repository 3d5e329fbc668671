package import Documents
package import MetaLearning

/// A network whose features a closed-form head works on; its parameters, those of the head and what
/// the head made of a support are tensors under their own names.
package struct HeadedNetworkKind: DecoderModelKind {
    /// Which model, and how large.
    package var definition: any ModelDefinition = ModelDefinitions.dnn()
    /// The learner that has made the head.
    package var learner: any MetaLearner = PrototypicalNetwork()

    /// Prototypes on features of the default model.
    package init() {}

    /// A network with a head.
    ///
    /// - Parameters:
    ///   - definition: Which model, and how large.
    ///   - learner: The learner that has made the head.
    package init(_ definition: any ModelDefinition, learner: any HeadLearner) {
        (self.definition, self.learner) = (definition, learner)
    }

    /// The name in bundles.
    package static let key = "headed_network"
    /// What it is, in a sentence.
    package static let documentation =
        "A trained network, which sees normalized windows, with a head that a support gives in closed "
        + "form."
    /// The members of bundles.
    package static let fields: Fields<Self> = [
        Field("model", \.definition, .model, "Which model, and how large.", isRequired: true),
        Field(
            "learner", \.learner, .learner,
            "The learner that has made the head: prototypes, ridge or posterior, with its settings.",
            isRequired: true),
    ]

    /// The network with its parameters and what its head made of a support.
    package func model(
        _ file: Safetensors, for form: WindowForm, at name: String
    ) throws(MetaLearningError) -> any DecoderModel {
        guard let learner = learner as? any HeadLearner,
            let network = try learner.network(
                definition, channelCount: form.channelCount, windowLength: form.windowLength,
                classCount: form.classCount) as? HeadedNetwork
        else {
            throw MetaLearningError(
                .incompatible(
                    expected: "a learner with a closed-form head",
                    found: "the learner \(learner.name)"), at: name)
        }
        let fitted = FittedNetwork(network)
        return HeadedNetworkModel(
            definition, learner: learner, fitted: fitted,
            stored: try Parameters(file, as: fitted.stored, of: Self.key, name: name), form: form)
    }
}
