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

    /// Heads on the dnn's features.
    static let heads: [String: any HeadLearner] = [
        "prototypes": PrototypicalNetwork(.cosine, features: 5),
        "ridge": RidgeRegression(features: 5, base: .logAmplitude),
        "posterior": turnedPosterior,
    ]

    /// Discriminants, by the names of `myotask bundle --method`.
    static let discriminants = ["lda", "nearest_mean", "others"]

    /// Networks with closed-form heads, and discriminants.
    static let closed = heads.keys.sorted() + discriminants

    private static let turnedPosterior: PosteriorFeatures = {
        var learner = PosteriorFeatures()
        learner.turns = .ring
        return learner
    }()

    /// A prior over people that goes on learning, and one that stays as it is.
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

    static let combinations =
        (models.keys.sorted() + priors).flatMap { model in
            pipelines.keys.sorted().map { Combination(model: model, pipeline: $0) }
        } + closed.map { Combination(model: $0, pipeline: "envelope") }

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
        return DecoderBundle(
            input: InputDescription(manifest),
            pipeline: ConditioningPipeline(phase: .causal, stages: stages),
            normalization: BundleScaling(
                ChannelScaling(
                    offset: channels.indices.map { Double($0) * 0.5 },
                    scale: channels.indices.map { 20 + Double($0) }), fit: .trainingPeople),
            model: try decoderModel(
                model,
                WindowForm(
                    channelCount: channels.count, windowLength: length,
                    classCount: classes.count)))
    }

    private static func decoderModel(
        _ name: String, _ form: WindowForm
    ) throws -> any DecoderModel {
        if priors.contains(name) {
            return try BandPeople.model(
                name == "prior" ? "person" : "learning", channels: form.channelCount)
        }
        var random = SeededGenerator(seed: 7)
        func windows() throws -> WindowSet {
            try WindowSet(
                signal: samples(9 * form.windowLength, channels: form.channelCount, hasHole: false),
                channelCount: form.channelCount, windowLength: form.windowLength,
                starts: (0..<9).map { $0 * form.windowLength },
                labels: (0..<9).map { UInt8($0 / 3) })
        }
        if let discriminant = DiscriminantKind(method: name) {
            let windows = try windows()
            return DiscriminantModel(
                discriminant,
                fitting: [(discriminant.windowFeatures.rows(of: windows), windows.labels)],
                form: form)
        }
        let definition = try #require(heads[name] == nil ? models[name] : models["dnn"])
        let network =
            try heads[name]?.network(
                definition, channelCount: form.channelCount, windowLength: form.windowLength,
                classCount: form.classCount)
            ?? definition.network(
                channelCount: form.channelCount, windowLength: form.windowLength,
                classCount: form.classCount)
        let values = (0..<network.parameters.count).map { _ in
            Float(random.nearlyNormal() * 0.2)
        }
        if let learner = heads[name], let headed = network as? HeadedNetwork {
            let windows = try windows()
            let task = try Episode(id: "p", support: windows, query: windows)
            return try HeadedNetworkModel(
                definition, learner: learner, network: headed, values: values,
                people: [TaskSamples(task, for: headed)], form: form)
        }
        return NetworkModel(
            definition, network: network,
            parameters: Parameters(layout: network.parameters, values: values),
            channelCount: form.channelCount, windowLength: form.windowLength)
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
