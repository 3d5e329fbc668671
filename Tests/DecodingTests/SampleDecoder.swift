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
    /// What stands on the model's features.
    var learner: (any HeadLearner)?
    /// What decides in place of a network.
    var discriminant: DiscriminantKind?
    var stages: [any PipelineStage] = []
    var channelCount = 3
    var rate = 200.0
    var windowLength = 40
    var stride = 10

    init(
        _ name: String, model: any ModelDefinition = DNN(hidden: [12]),
        stages: [any PipelineStage] = [], learner: (any HeadLearner)? = nil,
        discriminant: DiscriminantKind? = nil
    ) {
        testDescription = name
        self.model = model
        self.stages = stages
        self.learner = learner
        self.discriminant = discriminant
    }

    static let envelope: [any PipelineStage] = [
        .bandPass(low: 20, high: 90), .notch(mains: 50), .envelope(cutoff: 6),
    ]
    static let amplitude: [any PipelineStage] = [.highPass(cutoff: 15), .movingRMS(seconds: 0.05)]

    /// Each model, and three pipelines.
    static let all = networks + headed + discriminants

    /// Networks with each closed-form head.
    static let headed: [SampleDecoder] = {
        var convolutions = CNN()
        (convolutions.filters, convolutions.hidden) = ([4], [6])
        return [
            SampleDecoder("prototypes", learner: PrototypicalNetwork(.euclidean, features: 5)),
            SampleDecoder(
                "cosine prototypes, envelope", model: convolutions, stages: envelope,
                learner: PrototypicalNetwork(.cosine, base: .logAmplitude)),
            SampleDecoder("ridge", learner: RidgeRegression(features: 7)),
            SampleDecoder("posterior, amplitude", stages: amplitude, learner: PosteriorFeatures()),
            SampleDecoder("posterior, turned", model: convolutions, learner: turnedPosterior),
        ]
    }()

    private static let turnedPosterior: PosteriorFeatures = {
        var learner = PosteriorFeatures()
        learner.turns = .ring
        return learner
    }()

    /// Each rule on each kind of features.
    static let discriminants: [SampleDecoder] =
        DiscriminantRule.allCases.flatMap { rule in
            WindowFeatures.Kind.allCases.map { features in
                var kind = DiscriminantKind()
                (kind.rule, kind.features, kind.scale) = (rule, features, 0.5)
                return SampleDecoder(
                    "\(rule.rawValue), \(features.rawValue)",
                    stages: features == .timeDomain ? [] : envelope, discriminant: kind)
            }
        } + [SampleDecoder("others", discriminant: DiscriminantKind(method: "others"))]

    /// Each network, and three pipelines.
    static let networks: [SampleDecoder] = {
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
            return DecoderBundle(
                input: try input, pipeline: ConditioningPipeline(phase: .causal, stages: stages),
                normalization: BundleScaling(
                    ChannelScaling(
                        offset: (0..<channelCount).map { 0.1 * Double($0) },
                        scale: (0..<channelCount).map { 0.5 + Double($0) }), fit: .support),
                model: try decoderModel, card: "# A decoder\n")
        }
    }

    private var decoderModel: any DecoderModel {
        get throws {
            let form = WindowForm(
                channelCount: channelCount, windowLength: windowLength, classCount: 3)
            if let discriminant {
                return DiscriminantModel(
                    discriminant,
                    fitting: try (0..<2).map { person in
                        let windows = try somebody(person)
                        return (discriminant.windowFeatures.rows(of: windows), windows.labels)
                    }, form: form)
            }
            guard let learner else {
                let network = try model.network(
                    channelCount: channelCount, windowLength: windowLength, classCount: 3)
                return NetworkModel(
                    model, network: network, parameters: network.initialParameters(seed: 3),
                    channelCount: channelCount, windowLength: windowLength)
            }
            let network = try headedNetwork(learner)
            return try HeadedNetworkModel(
                model, learner: learner, network: network,
                values: network.initialParameters(seed: 3).values,
                people: (0..<2).map { try TaskSamples(task($0), for: network) }, form: form)
        }
    }

    /// The network with a learner's head.
    func headedNetwork(_ learner: any HeadLearner) throws -> HeadedNetwork {
        try #require(
            try learner.network(
                model, channelCount: channelCount, windowLength: windowLength, classCount: 3)
                as? HeadedNetwork)
    }

    /// Windows of a person, who is strongest on another channel for each class.
    func somebody(_ person: Int, windows: Int = 18) throws -> WindowSet {
        let labels = (0..<windows).map { UInt8($0 % 3) }
        let noise = samples(windows * windowLength, seed: 40 + UInt64(person))
        let signal = noise.enumerated().map { place, value in
            let label = Int(labels[place / (windowLength * channelCount)])
            return value * (place % channelCount == label ? 1.5 : 0.2 + 0.1 * Float(person))
        }
        return try WindowSet(
            signal: signal, channelCount: channelCount, windowLength: windowLength,
            starts: (0..<windows).map { $0 * windowLength }, labels: labels)
    }

    /// A person's task.
    func task(_ person: Int) throws -> Episode {
        try Episode(
            id: "p\(person)", support: somebody(person), query: somebody(person + 10, windows: 27))
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
