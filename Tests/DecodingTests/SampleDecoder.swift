import Decoding
import Documents
import EMGArchive
import EMGFilters
import Foundation
import MetaLearning
import SeededRandom
import Testing

/// A bundle of a network with parameters of a seed, and signals for it.
struct SampleDecoder: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var model: any ModelDefinition = DNN(hidden: [12])
    var stages: [any PipelineStage] = []
    var channelCount = 3
    var rate = 200.0
    var windowLength = 40
    var stride = 10

    init(
        _ name: String, model: any ModelDefinition = DNN(hidden: [12]),
        stages: [any PipelineStage] = []
    ) {
        testDescription = name
        self.model = model
        self.stages = stages
    }

    static let envelope: [any PipelineStage] = [
        .bandPass(low: 20, high: 90), .notch(mains: 50), .envelope(cutoff: 6),
    ]
    static let amplitude: [any PipelineStage] = [.highPass(cutoff: 15), .movingRMS(seconds: 0.05)]

    /// Each model, and three pipelines.
    static let all: [SampleDecoder] = {
        var convolutions = CNN()
        (convolutions.filters, convolutions.hidden) = ([6, 5], [7])
        var temporal = TCN()
        (temporal.blocks, temporal.hidden) = ([6, 6], [8])
        var transformer = Transformer()
        (transformer.heads, transformer.feedForward, transformer.hidden) = (1, 16, [9])
        return [
            SampleDecoder("dnn, as recorded"),
            SampleDecoder("dnn, envelope", stages: envelope),
            SampleDecoder("cnn, amplitude", model: convolutions, stages: amplitude),
            SampleDecoder("tcn, envelope", model: temporal, stages: envelope),
            SampleDecoder("transformer, as recorded", model: transformer),
        ]
    }()

    static let classes = ["relax", "open", "close"]

    /// What it was made for.
    var input: InputDescription {
        get throws {
            let hash = String(repeating: "a", count: 64)
            let channels = (0..<channelCount).map { #"{"name": "emg\#($0)", "unit": "mV"}"# }
            let rate = rate
            let pipeline = ConditioningPipeline(phase: .causal, stages: stages)
            let steps = try pipeline.resolve(samplingRate: .init(hertz: rate)).history
            let json = """
                {"format": "myotask.input", "format_version": 1,
                 "collection": {"name": "c", "tensors_sha256": "\(hash)"},
                 "classes": ["relax", "open", "close"],
                 "channels": [\(channels.joined(separator: ", "))],
                 "sampling_rate_hz": \(rate),
                 "window": {"length": \(windowLength), "stride": \(stride), "label_rule": "last"},
                 "window_seconds": \(Double(windowLength) / rate),
                 "normalization": {"method": "standard", "fitted_on": "support"},
                 "conditioning": \(DocumentValue.array(steps.map { $0.withoutFindings.document }).json()),
                 "training": {"people": [], "sources": []},
                 "validation": {"people": [], "sources": []}}
                """
            return try InputDescription(Document(json: Array(json.utf8), name: "input"))
        }
    }

    /// The bundle.
    var bundle: DecoderBundle {
        get throws {
            let network = try model.network(
                channelCount: channelCount, windowLength: windowLength, classCount: 3)
            return DecoderBundle(
                input: try input, pipeline: ConditioningPipeline(phase: .causal, stages: stages),
                normalization: BundleScaling(
                    ChannelScaling(
                        offset: (0..<channelCount).map { 0.1 * Double($0) },
                        scale: (0..<channelCount).map { 0.5 + Double($0) }), fit: .support),
                model: NetworkModel(
                    model, network: network, parameters: network.initialParameters(seed: 3),
                    channelCount: channelCount, windowLength: windowLength),
                card: "# A decoder\n")
        }
    }

    /// A signal of as many samples, around zero.
    func samples(_ count: Int, seed: UInt64 = 5) -> [Float] {
        var generator = SeededGenerator(seed: seed, stream: "samples")
        return (0..<count * channelCount).map { _ in
            Float(generator.integer(below: 4_001) - 2_000) / 1_000
        }
    }
}

/// A decision with its probabilities.
struct DecidedWindow: Sendable, Hashable {
    let decision: Decision
    let probabilities: [Double]

    /// The decisions of a bundle about samples that come in pieces of `chunk` samples.
    static func all(
        of samples: [Float], by bundle: DecoderBundle, chunk: Int
    ) throws -> [DecidedWindow] {
        var decoder = try Decoder(bundle)
        var result: [DecidedWindow] = []
        let width = decoder.channelCount
        for first in Swift.stride(from: 0, to: samples.count, by: chunk * width) {
            let end = min(samples.count, first + chunk * width)
            decoder.feed(samples.span.extracting(first..<end)) { decision, probabilities in
                result.append(
                    DecidedWindow(
                        decision: decision,
                        probabilities: probabilities.indices.map { probabilities[$0] }))
            }
        }
        return result
    }
}
