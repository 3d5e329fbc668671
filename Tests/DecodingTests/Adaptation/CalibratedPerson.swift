import Decoding
import Documents
import EMGArchive
import EMGFilters
import EMGSignal
import Foundation
import MetaLearning
import SeededRandom

/// A person whose muscles are recorded by three electrodes, each with a gain of its own.
struct CalibratedPerson {
    let gains: [Double]
    let seed: UInt64
    /// By how many electrodes the band lies turned.
    var turn = 0

    static let classes = ["relax", "open", "close"]
    static let channels = (0..<3).map { Channel(name: "emg\($0)", unit: "mV") }
    /// Two cycles at 100 Hz, 2 s a cue.
    static let cues: [UInt8] = [0, 1, 0, 2, 0, 1, 0, 2, 0]
    private static let cueSamples = 200

    /// Writes a recording of the person.
    ///
    /// - Parameters:
    ///   - folder: Where to.
    ///   - patient: The person's name.
    ///   - relabel: What becomes of each sample's label.
    /// - Returns: The file.
    /// - Throws: When it cannot be written.
    func write(
        to folder: URL, as patient: String = "p1",
        relabel: (_ label: UInt8, _ sample: Int) -> UInt8 = { label, _ in label }
    ) throws -> URL {
        var generator = SeededGenerator(seed: seed, stream: "person")
        var (values, labels): ([Float], [UInt8]) = ([], [])
        for cue in Self.cues {
            for _ in 0..<Self.cueSamples {
                for channel in 0..<3 {
                    let isActive = cue > 0 && channel == (Int(cue) - 1 + turn) % 3
                    let amplitude = gains[channel] * (isActive ? 1 : 0.2)
                    values.append(Float(amplitude * generator.nearlyNormal()))
                }
                labels.append(relabel(cue, labels.count))
            }
        }
        let recording = try Recording(
            RecordingDescription(
                identity: RecordingIdentity(
                    patient: patient, session: "day1", condition: "a"),
                channels: Self.channels, samplingRate: SamplingRate(hertz: 100),
                source: SourceFile(name: "a.csv", sha256: String(repeating: "b", count: 64))),
            samples: SampleMatrix(values: values, channelCount: 3),
            labels: LabelTrack(classNames: Self.classes, values: labels))
        let url = folder.appending(path: "\(patient)-\(seed).h5")
        try RecordingFile.write(recording, to: url)
        return url
    }

    /// A decoder whose network is not trained.
    static func bundle(control: ControlSettings = ControlSettings()) throws -> DecoderBundle {
        let hash = String(repeating: "a", count: 64)
        let names = channels.map { #"{"name": "\#($0.name)", "unit": "mV"}"# }
        let json = """
            {"format": "myotask.input", "format_version": 1,
             "collection": {"name": "c", "tensors_sha256": "\(hash)"},
             "classes": ["relax", "open", "close"],
             "channels": [\(names.joined(separator: ", "))],
             "sampling_rate_hz": 100,
             "window": {"length": 20, "stride": 5, "label_rule": "last"}, "window_seconds": 0.2,
             "normalization": {"method": "standard", "fitted_on": "support"},
             "conditioning": [],
             "training": {"people": [], "sources": []},
             "validation": {"people": [], "sources": []}}
            """
        let definition = DNN(hidden: [8])
        let network = definition.network(channelCount: 3, windowLength: 20, classCount: 3)
        var configuration = TrainingConfiguration()
        configuration.inner.learningRate = 0.01
        configuration.inner.epochs = 12
        var origin = BundleOrigin()
        origin.method = "random"
        return DecoderBundle(
            input: try InputDescription(Document(json: Array(json.utf8), name: "input")),
            pipeline: ConditioningPipeline(
                phase: .causal, stages: [.rectify, .movingARV(seconds: 0.1)]),
            normalization: BundleScaling(
                ChannelScaling(offset: [0, 0, 0], scale: [1, 1, 1]), fit: .trainingPeople),
            model: NetworkModel(
                definition, network: network,
                parameters: network.initialParameters(seed: 3), channelCount: 3,
                windowLength: 20),
            control: control, adaptation: SupportAdaptation(configuration), origin: origin)
    }

    /// The share of decisions about a recording that are its labels.
    static func accuracy(of bundle: DecoderBundle, on url: URL) throws -> Double {
        let recording = try RecordingFile.read(url)
        let labels = recording.labels?.values ?? []
        var decoder = try Decoder(bundle)
        var (right, count) = (0, 0)
        decoder.feed(recording.samples.values.span) { decision, _ in
            count += 1
            right += decision.output.label == Int(labels[decision.sample]) ? 1 : 0
        }
        return Double(right) / Double(count)
    }
}
