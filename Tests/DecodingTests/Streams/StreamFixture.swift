import Autodiff
import Decoding
import EMGArchive
import EMGFilters
import EMGSignal
import Foundation
import MetaLearning
import SeededRandom
import Testing

/// Bundles with models of seeded parameters, and recordings that they can decode.
enum StreamFixture {
    static let channels = (0..<4).map { Channel(name: "emg\($0)", unit: "uV") }
    static let classes = ["relax", "open", "close"]

    static let models: [String: any ModelDefinition] = [
        "dnn": ModelDefinitions.dnn(hidden: [12]), "cnn": ModelDefinitions.cnn(filters: [4, 4]),
        "tcn": tcn,
    ]

    /// The decoders that are no networks.
    static let priors = ["learning prior", "prior"]

    private static let tcn: any ModelDefinition = {
        var model = TCN()
        (model.hidden, model.blocks) = ([6], [4])
        return model
    }()

    static let pipelines: [String: [any PipelineStage]] = [
        "none": [], "filters": [.bandPass(low: 20, high: 90), .notch(mains: 50)],
        "envelope": [.highPass(cutoff: 20), .rectify, .lowPass(cutoff: 6)],
    ]

    /// A model behind a pipeline.
    struct Combination: Sendable, CustomTestStringConvertible {
        let model: String
        let pipeline: String

        var testDescription: String { "\(model), \(pipeline)" }
        var bundle: DecoderBundle {
            get throws { try StreamFixture.bundle(model: model, pipeline: pipeline) }
        }
    }

    static let combinations = (models.keys.sorted() + priors).flatMap { model in
        pipelines.keys.sorted().map { Combination(model: model, pipeline: $0) }
    }

    static func bundle(
        model: String = "dnn", pipeline: String = "filters", hertz: Double = 200,
        channels: [Channel] = channels, length: Int = 40, stride: Int = 10
    ) throws -> DecoderBundle {
        let manifest = CollectionManifest(
            name: "streams", seed: 1,
            tensors: CollectionManifest.TensorFile(
                path: "streams.h5", sha256: String(repeating: "a", count: 64), bytes: 1),
            classes: classes, channels: channels, samplingRate: try SamplingRate(hertz: hertz),
            window: CollectionManifest.Window(length: length, stride: stride, labelRule: "last"),
            normalization: CollectionManifest.Normalization(method: "standard"), conditioning: [],
            split: CollectionManifest.Split(rule: "first_cycle", guardSamples: 0), tasks: [],
            splits: CollectionManifest.Partition(train: [], validation: [], test: []), history: [])
        let stages = try #require(pipelines[pipeline])
        let (input, causal) = (
            InputDescription(manifest), ConditioningPipeline(phase: .causal, stages: stages)
        )
        let scaling = BundleScaling(
            ChannelScaling(
                offset: channels.indices.map { Double($0) * 0.5 },
                scale: channels.indices.map { 20 + Double($0) }), fit: .trainingPeople)
        if priors.contains(model) {
            return DecoderBundle(
                input: input, pipeline: causal, normalization: scaling,
                model: try BandPeople.model(
                    model == "prior" ? "person" : "learning", channels: channels.count))
        }
        let definition = try #require(models[model])
        let network = try definition.network(
            channelCount: channels.count, windowLength: length, classCount: classes.count)
        var random = SeededGenerator(seed: 7)
        let values = (0..<network.parameters.count).map { _ in
            Float(random.nearlyNormal() * 0.2)
        }
        return DecoderBundle(
            input: input, pipeline: causal, normalization: scaling,
            model: NetworkModel(
                definition, network: network,
                parameters: Parameters(layout: network.parameters, values: values),
                channelCount: channels.count, windowLength: length))
    }

    /// Noise of changing strength, with five samples in the middle that are not there.
    static func samples(_ count: Int, channels: Int = 4, hasHole: Bool = true) -> [Float] {
        var random = SeededGenerator(seed: 3)
        return (0..<count * channels).map { index in
            let sample = index / channels
            let strength = 20 + 60 * Double(sample / 150 % 3)
            let value = Float(random.nearlyNormal() * strength)
            return hasHole && (count / 2..<count / 2 + 5).contains(sample) ? .nan : value
        }
    }

    static func write(
        _ samples: [Float], to url: URL, hertz: Double = 200, channels: [Channel] = channels,
        labels: LabelTrack? = nil
    ) throws {
        let count = samples.count / channels.count
        var description = try RecordingDescription(
            identity: RecordingIdentity(
                patient: "p1", session: "day1", condition: "131"),
            channels: channels, samplingRate: SamplingRate(hertz: hertz),
            source: SourceFile(name: "p1.csv", sha256: String(repeating: "b", count: 64)))
        description.quality = [
            QualityInterval(
                range: SampleRange(start: 0, end: count), channel: nil, kind: .nonFinite)
        ]
        try RecordingFile.write(
            Recording(
                description,
                samples: SampleMatrix(values: samples, channelCount: channels.count),
                labels: labels), to: url)
    }

    /// What the decoder says when it is fed with everything at once, and what ends a stream.
    static func lines(_ bundle: DecoderBundle, _ samples: [Float]) throws -> String {
        var decoder = try Decoder(bundle)
        var json = DecisionJSON(classNames: classes, hasStamps: false)
        decoder.feed(samples.span) { decision, probabilities in
            json.append(
                DecisionRecord(decision: decision, cause: nil, arrival: 0, decided: 0),
                probabilities)
        }
        json.append(
            DecisionRecord(decision: nil, cause: .ended, arrival: 0, decided: 0),
            Array(repeating: 0, count: classes.count).span)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
