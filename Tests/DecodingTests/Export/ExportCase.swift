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
    var channelCount = 4
    var windowLength = 24
    var stride = 6
    var rate = 200.0
    var pipeline = ConditioningPipeline(phase: .causal, stages: [])
    var control = ControlSettings()
    var gain = 1.0

    init(_ name: String, _ model: any ModelDefinition) {
        self.name = name
        self.model = model
    }

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
            try model.network(
                channelCount: channelCount, windowLength: windowLength,
                classCount: Self.classes.count)
        }
    }

    func bundle(_ network: (any Network)? = nil) throws -> DecoderBundle {
        let network = try network ?? self.network
        // Nothing is at its start: neither biases of 0, nor weights of 1.
        var generator = SeededGenerator(seed: 7)
        let values = network.initialValues(from: &generator).map {
            Float(gain * ($0 + generator.uniform(in: -0.1..<0.1)))
        }
        return DecoderBundle(
            input: try input, pipeline: pipeline,
            normalization: BundleScaling(
                ChannelScaling(
                    offset: (0..<channelCount).map { 3.7 - 2.1 * Double($0) },
                    scale: (0..<channelCount).map { 11.3 + 1.7 * Double($0) }),
                fit: .trainingPeople),
            model: NetworkModel(
                model, network: network,
                parameters: Parameters(layout: network.parameters, values: values),
                channelCount: channelCount, windowLength: windowLength),
            control: control)
    }

    /// Conditioned windows in the channels' units, one after the other.
    func windows(_ count: Int) -> [Float] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count * windowLength * channelCount).map { _ in
            Float(generator.uniform(in: -40..<40))
        }
    }

    /// The logits of windows, computed on a tape.
    func logits(of windows: [Float], _ bundle: DecoderBundle) throws -> [Float] {
        let model = try #require(bundle.model as? NetworkModel)
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
            switch model.network.layout {
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
        let logits = model.network.record(on: &tape, input: input)
        var execution = Execution<Float>(
            Gradient(of: tape.sum(logits), on: tape), keeping: [logits])
        execution.withInput(input) { $0 = rows }
        execution.run(parameters: model.parameters.values)
        return execution.elements(of: logits)
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
