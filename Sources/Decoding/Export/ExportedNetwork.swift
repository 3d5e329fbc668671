internal import Autodiff
internal import Documents
internal import MetaLearning

/// The network of a bundle as operations that other programs can have.
struct ExportedNetwork {
    /// The network's name, for messages.
    let name: String
    /// What it computes.
    let graph: ForwardGraph
    /// The names of parameters by their places in the flat vector.
    let parameterNames: [Int: String]
    /// Whether a window lies channel by channel in its input; otherwise sample by sample.
    let isChannelMajor: Bool

    /// Takes the network out of a bundle.
    ///
    /// - Parameters:
    ///   - bundle: The bundle.
    ///   - format: What it is exported to, for messages.
    /// - Throws: ``DecodingError`` for a model that is no network, one whose head is no affine map, or one
    ///   that cannot be run outside of training.
    init(_ bundle: DecoderBundle, to format: String) throws(DecodingError) {
        guard let model = bundle.model as? any NetworkDecoderModel else {
            throw DecodingError(
                .unsupported(
                    "\(format) has no form of the model of this bundle, a \(type(of: bundle.model.kind).key)"
                ),
                at: "model",
                hint: "export a bundle of a network, such as dnn, cnn or tcn, or of a discriminant")
        }
        if let headed = model as? HeadedNetworkModel, !headed.isAffine {
            throw DecodingError(
                .unsupported(
                    "the head of this bundle's network mixes densities, which \(format) has no form "
                        + "of"), at: "model",
                hint: "export a network that ends in prototypes, ridge or a layer of its own")
        }
        let network = model.network
        name = network.name
        isChannelMajor = network.layout == .channelMajor
        parameterNames = Dictionary(
            model.parameters.layout.entries.map { ($0.range.lowerBound, $0.name) },
            uniquingKeysWith: { first, _ in first })
        do throws(ForwardFault) {
            graph = try ForwardGraph(
                inputWidth: network.inputWidth, parameters: model.parameters.values
            ) { tape, input in network.record(on: &tape, input: input) }
        } catch {
            throw DecodingError(
                .unsupported(
                    "the model \(network.name) cannot be exported to \(format): \(error.reason)"),
                at: "model",
                hint: "export to safetensors, and run the model with its own code")
        }
    }
}
