internal import Documents
internal import EMGArchive
internal import EMGFilters
internal import EMGSignal
internal import MetaLearning
internal import Protobuf

/// A bundle's model, a network with its normalization, as an ONNX model.
///
/// The input `window` is a batch of windows of conditioned samples in the channels' units,
/// `[batch, samples, channels]`; the outputs are `logits` and `probabilities`, `[batch, classes]`.
/// Conditioning is not in it: it has a memory, which ONNX models have not.
package struct ONNXModel: Sendable {
    /// The version of ONNX's operators.
    package static let operatorSet = 17
    /// The version of the format.
    package static let formatVersion = 8

    /// The bytes of the file: the same for the same bundle.
    package let bytes: [UInt8]

    /// Translates the model of a bundle.
    ///
    /// - Parameter bundle: The bundle.
    /// - Throws: ``DecodingError`` for a model that ONNX cannot have.
    package init(_ bundle: DecoderBundle) throws(DecodingError) {
        let (samples, channels) = (bundle.input.window.length, bundle.channelCount)
        var graph = ONNXGraph()
        let (name, output): (String, String)
        if let discriminant = bundle.model as? DiscriminantModel {
            let translated = ONNXDiscriminant(discriminant, on: graph, input: "window")
            (graph, name, output) = (
                translated.graph, DiscriminantKind.key, translated.output
            )
        } else {
            let network = try ExportedNetwork(bundle, to: "ONNX")
            name = network.name
            output = Self.add(network, of: bundle, to: &graph)
        }
        let logits = graph.add("Identity", [output], named: "logits")
        let probabilities = graph.add(
            "Softmax", [logits], [("axis", .integer(-1))], named: "probabilities")
        let outputs: [ONNXGraph.Extent] = [.any("batch"), .fixed(bundle.model.classCount)]
        bytes = Self.file(
            graph.message(
                named: name,
                inputs: [("window", [.any("batch"), .fixed(samples), .fixed(channels)])],
                outputs: [(logits, outputs), (probabilities, outputs)]),
            about: Self.metadata(bundle))
    }

    private typealias ElementType = ONNXGraph.ElementType

    /// A network with the normalization before it.
    private static func add(
        _ network: ExportedNetwork, of bundle: DecoderBundle, to graph: inout ONNXGraph
    ) -> String {
        var value = "window"
        if bundle.model.sight == .normalized {
            // In double precision and rounded once, as the decoder does it.
            value = graph.add("Cast", [value], [("to", .integer(ElementType.float64.rawValue))])
            let offset = graph.constant(bundle.normalization.offset, named: "normalization.offset")
            let scale = graph.constant(bundle.normalization.scale, named: "normalization.scale")
            value = graph.add("Div", [graph.add("Sub", [value, offset]), scale])
            value = graph.add(
                "Cast", [value], [("to", .integer(ElementType.float32.rawValue))],
                named: "normalized")
        }
        if network.isChannelMajor {
            value = graph.add("Transpose", [value], [("perm", .integers([0, 2, 1]))])
        }
        value = graph.add("Reshape", [value, graph.constant([-1, bundle.form.windowWidth])])
        var translated = ONNXNetwork(network, on: graph, input: value, windows: "window")
        let output = translated.output()
        graph = translated.graph
        return output
    }

    /// What a program has to know that runs the model.
    private static func metadata(_ bundle: DecoderBundle) -> [(key: String, value: String)] {
        let input = bundle.input
        return [
            ("channels", DocumentValue.strings(input.channels.map(\.name)).json()),
            ("classes", DocumentValue.strings(input.classes).json()),
            ("conditioning", bundle.pipeline.document.json()),
            ("sampling_rate_hz", input.samplingRate.hertz.description),
            ("software", SoftwareVersion.text),
            ("stride_samples", "\(input.window.stride)"),
            ("units", DocumentValue.strings(input.channels.map(\.unit)).json()),
            ("window_samples", "\(input.window.length)"),
        ]
    }

    private static func file(
        _ graph: ProtobufMessage, about metadata: [(key: String, value: String)]
    ) -> [UInt8] {
        var operators = ProtobufMessage()
        operators.add("", as: 1)
        operators.add(operatorSet, as: 2)
        var model = ProtobufMessage()
        model.add(formatVersion, as: 1)
        model.add("myotask", as: 2)
        model.add(SoftwareVersion.number, as: 3)
        model.add(graph, as: 7)
        model.add(operators, as: 8)
        for (key, value) in metadata {
            var entry = ProtobufMessage()
            entry.add(key, as: 1)
            entry.add(value, as: 2)
            model.add(entry, as: 14)
        }
        return model.bytes
    }
}
