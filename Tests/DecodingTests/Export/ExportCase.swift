import Autodiff
import Decoding
import EMGArchive
import EMGFilters
import EMGSignal
import Foundation
import MetaLearning
import SeededRandom
import Testing

/// A bundle of a network with parameters of a seed, for exports.
struct ExportCase: Sendable, CustomTestStringConvertible {
    var name: String
    let model: any ModelDefinition
    /// What stands on the model's features.
    var learner: (any HeadLearner)?
    /// What decides in place of a network.
    var discriminant: DiscriminantKind?
    var channelCount = 4
    var windowLength = 24
    var stride = 6
    var rate = 200.0
    var pipeline = ConditioningPipeline(phase: .causal, stages: [])
    var control = ControlSettings()
    var gain = 1.0

    init(
        _ name: String, _ model: any ModelDefinition, learner: (any HeadLearner)? = nil,
        discriminant: DiscriminantKind? = nil
    ) {
        self.name = name
        self.model = model
        self.learner = learner
        self.discriminant = discriminant
    }

    /// Heads that are affine maps of features, and discriminants.
    static let closed: [ExportCase] = {
        var convolutions = CNN()
        (convolutions.filters, convolutions.hidden) = ([5], [7])
        let dense = DNN(hidden: [16, 8])
        return [
            ExportCase("prototypes", dense, learner: PrototypicalNetwork(.euclidean, features: 6)),
            ExportCase(
                "cosine prototypes", convolutions,
                learner: PrototypicalNetwork(.cosine, base: .logAmplitude)),
            ExportCase("ridge", dense, learner: RidgeRegression(features: 7, base: .logAmplitude)),
        ]
            + DiscriminantRule.allCases.flatMap { rule in
                WindowFeatures.Kind.allCases.map { features in
                    var kind = DiscriminantKind()
                    (kind.rule, kind.features, kind.scale) = (rule, features, 7.5)
                    return ExportCase(
                        "\(rule.rawValue) on \(features.rawValue)", dense, discriminant: kind)
                }
            }
    }()

    /// The models of the library, one of a laboratory, and one with layers of low rank.
    static let models: [ExportCase] = {
        var convolutions = CNN()
        (convolutions.filters, convolutions.hidden) = ([6, 5], [7])
        var temporal = TCN()
        (temporal.blocks, temporal.hidden) = ([6, 6, 5], [8])
        var transformer = Transformer()
        (transformer.heads, transformer.feedForward, transformer.hidden) = (2, 16, [9])
        var grid = GridCNN()
        grid.grid = PatchLayout.Extent(height: 2, width: 2)
        (grid.filters, grid.hidden) = ([5, 6], [8])
        return [
            ExportCase("dnn", DNN(hidden: [16, 8])), ExportCase("mlp", MLP(hidden: [10])),
            ExportCase("linear", DNN(hidden: [])), ExportCase("cnn", convolutions),
            ExportCase("tcn", temporal), ExportCase("transformer", transformer),
            ExportCase("conv2d", grid), ExportCase("every operation", EveryOperation()),
        ]
    }()

    var testDescription: String { name }

    static let classes = ["relax", "open", "close"]

    var input: InputDescription {
        get throws {
            InputDescription(
                CollectionManifest(
                    name: "study", seed: 1,
                    tensors: .init(
                        path: "study.h5", sha256: String(repeating: "0", count: 64), bytes: 1),
                    classes: Self.classes,
                    channels: (0..<channelCount).map { Channel(name: "emg\($0)", unit: "uV") },
                    samplingRate: try SamplingRate(hertz: rate),
                    window: .init(length: windowLength, stride: stride, labelRule: "last"),
                    normalization: .init(method: "channel_z"), conditioning: [],
                    split: .init(rule: "cycle", guardSamples: 0), tasks: [],
                    splits: .init(train: [], validation: [], test: []), history: []))
        }
    }

    var network: any Network {
        get throws {
            try learner?.network(
                model, channelCount: channelCount, windowLength: windowLength,
                classCount: Self.classes.count)
                ?? model.network(
                    channelCount: channelCount, windowLength: windowLength,
                    classCount: Self.classes.count)
        }
    }

    func bundle(_ network: (any Network)? = nil) throws -> DecoderBundle {
        DecoderBundle(
            input: try input, pipeline: pipeline,
            normalization: BundleScaling(
                ChannelScaling(
                    offset: (0..<channelCount).map { 3.7 - 2.1 * Double($0) },
                    scale: (0..<channelCount).map { 11.3 + 1.7 * Double($0) }),
                fit: .trainingPeople),
            model: try decoderModel(network ?? self.network), control: control)
    }

    private var form: WindowForm {
        WindowForm(channelCount: channelCount, windowLength: windowLength, classCount: 3)
    }

    private func decoderModel(_ network: any Network) throws -> any DecoderModel {
        if let discriminant {
            let windows = try somebody(scale: 20)
            return DiscriminantModel(
                discriminant,
                fitting: [(discriminant.windowFeatures.rows(of: windows), windows.labels)],
                form: form)
        }
        // Nothing is at its start: neither biases of 0, nor weights of 1.
        var generator = SeededGenerator(seed: 7)
        let values = network.initialValues(from: &generator).map {
            Float(gain * ($0 + generator.uniform(in: -0.1..<0.1)))
        }
        if let learner, let headed = network as? HeadedNetwork {
            let windows = try somebody(scale: 1)
            let task = try Episode(id: "p", support: windows, query: windows)
            return try HeadedNetworkModel(
                model, learner: learner, network: headed, values: values,
                people: [TaskSamples(task, for: headed)], form: form)
        }
        return NetworkModel(
            model, network: network,
            parameters: Parameters(layout: network.parameters, values: values),
            channelCount: channelCount, windowLength: windowLength)
    }

    /// Windows that are stronger on another channel for each class.
    private func somebody(scale: Double) throws -> WindowSet {
        var generator = SeededGenerator(seed: 21)
        let labels = (0..<30).map { UInt8($0 % 3) }
        let signal = labels.flatMap { label in
            (0..<windowLength * channelCount).map { place in
                let level = place % channelCount == Int(label) ? scale : scale / 4
                return Float(level * generator.uniform(in: -1..<1))
            }
        }
        return try WindowSet(
            signal: signal, channelCount: channelCount, windowLength: windowLength,
            starts: labels.indices.map { $0 * windowLength }, labels: labels)
    }

    /// Conditioned windows in the channels' units, one after the other.
    func windows(_ count: Int) -> [Float] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count * windowLength * channelCount).map { _ in
            Float(generator.uniform(in: -40..<40))
        }
    }

    /// The logits of windows: of networks computed on a tape, of discriminants by their definition.
    func logits(of windows: [Float], _ bundle: DecoderBundle) throws -> [Float] {
        if let discriminant { return try logits(of: windows, bundle, discriminant) }
        let (network, parameters) = try running(bundle)
        let width = windowLength * channelCount
        let count = windows.count / width
        var rows: [Float] = []
        for window in 0..<count {
            let normalized = (0..<width).map { place in
                let channel = place % channelCount
                return Float(
                    (Double(windows[window * width + place]) - bundle.normalization.offset[channel])
                        / bundle.normalization.scale[channel])
            }
            switch network.layout {
            case .timeMajor: rows += normalized
            case .channelMajor:
                for channel in 0..<channelCount {
                    for sample in 0..<windowLength {
                        rows.append(normalized[sample * channelCount + channel])
                    }
                }
            }
        }
        var tape = Tape()
        let input = tape.input([count, width])
        let logits = network.record(on: &tape, input: input)
        var execution = Execution<Float>(
            Gradient(of: tape.sum(logits), on: tape), keeping: [logits])
        execution.withInput(input) { $0 = rows }
        execution.run(parameters: parameters.values)
        return execution.elements(of: logits)
    }

    /// The network of a bundle with its numbers.
    private func running(
        _ bundle: DecoderBundle
    ) throws -> (network: any Network, parameters: Parameters<Float>) {
        if let model = bundle.model as? NetworkModel { return (model.network, model.parameters) }
        let fitted = FittedNetwork(try #require(try network as? HeadedNetwork))
        let stored = try Parameters(
            bundle.tensors, as: fitted.stored, of: "prototypes", name: "bundle")
        return (fitted, fitted.values(stored.values))
    }

    private func logits(
        of windows: [Float], _ bundle: DecoderBundle, _ kind: DiscriminantKind
    ) throws -> [Float] {
        let weights: Tensor<Double> = try bundle.tensors.tensor("weights", in: "bundle")
        let offsets: Tensor<Double> = try bundle.tensors.tensor("offsets", in: "bundle")
        let width = windowLength * channelCount
        return Swift.stride(from: 0, to: windows.count, by: width).flatMap { first in
            let features = (0..<channelCount).flatMap { channel -> [Double] in
                let x = (0..<windowLength).map {
                    Double(windows[first + $0 * channelCount + channel])
                }
                let mean = x.map(abs).reduce(0, +) / Double(windowLength)
                guard kind.features == .timeDomain else {
                    return [log(mean / kind.scale + kind.floor)]
                }
                let steps = zip(x.dropFirst(), x).map { $0 - $1 }
                return [
                    mean, steps.map(abs).reduce(0, +),
                    Double(zip(x.dropFirst(), x).count { $0 * $1 < 0 }),
                    Double(zip(steps.dropFirst(), steps).count { $0 * $1 < 0 }),
                ]
            }
            return (0..<3).map { label in
                Float(
                    features.indices.reduce(offsets.elements[label]) {
                        $0 + weights.elements[label * features.count + $1] * features[$1]
                    })
            }
        }
    }
}

extension [Float] {
    /// The numbers as they lie in files.
    var littleEndian: Data {
        Data(
            flatMap { value in
                (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
            })
    }
}
