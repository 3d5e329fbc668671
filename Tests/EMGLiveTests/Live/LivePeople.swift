import Decoding
import EMGArchive
import EMGFilters
import EMGSignal
import EMGSynth
import MetaLearning
import Testing

/// Synthetic people with an amplifier on, and decoders that were trained on some of them.
enum LivePeople {
    static let classes = ["relax", "open", "close"]
    static let (hertz, windowLength, stride) = (500.0, 100, 25)
    static let plan: LaboratoryPlan = {
        var plan = LaboratoryPlan(style: .bipolar, seed: 11, samplingRateHertz: hertz)
        plan.patients = 99
        return plan
    }()
    static let channels = (0..<plan.channelCount).map { Channel(name: "emg\($0)", unit: "uV") }

    /// Somebody who holds each class in turn, without what comes before the muscles follow.
    private static func holds(
        of patient: Int, _ cues: [Int]
    ) throws -> [(rows: [Float], label: Int)] {
        var person = try LivePerson(plan: plan, patient: patient)
        return cues.map { label in
            person.intention = classes[label]
            for _ in 0..<400 { _ = person.next() }
            return ((0..<500).flatMap { _ in person.next().map(Float.init) }, label)
        }
    }

    /// Windows of holds.
    static func windows(of patient: Int, _ cues: [Int]) throws -> WindowSet {
        var (signal, starts, labels): ([Float], [Int], [UInt8]) = ([], [], [])
        for hold in try holds(of: patient, cues) {
            let first = signal.count / channels.count
            for start in Swift.stride(from: 0, through: 500 - windowLength, by: stride) {
                starts.append(first + start)
                labels.append(UInt8(hold.label))
            }
            signal += hold.rows
        }
        return try WindowSet(
            signal: signal, channelCount: channels.count, windowLength: windowLength,
            starts: starts, labels: labels)
    }

    static let form = WindowForm(
        channelCount: plan.channelCount, windowLength: windowLength, classCount: 3)

    private static func bundle(_ model: any DecoderModel) throws -> DecoderBundle {
        let manifest = CollectionManifest(
            name: "people", seed: 1,
            tensors: CollectionManifest.TensorFile(
                path: "people.h5", sha256: String(repeating: "a", count: 64), bytes: 1),
            classes: classes, channels: channels, samplingRate: try SamplingRate(hertz: hertz),
            window: CollectionManifest.Window(
                length: windowLength, stride: stride, labelRule: "last"),
            normalization: CollectionManifest.Normalization(method: "none"), conditioning: [],
            split: CollectionManifest.Split(rule: "first_cycle", guardSamples: 0), tasks: [],
            splits: CollectionManifest.Partition(train: [], validation: [], test: []), history: [])
        return DecoderBundle(
            input: InputDescription(manifest),
            pipeline: ConditioningPipeline(phase: .causal, stages: []),
            normalization: BundleScaling(
                ChannelScaling(
                    offset: channels.map { _ in 0 }, scale: channels.map { _ in 1 }),
                fit: .trainingPeople),
            model: model)
    }

    /// A linear discriminant of four people's windows.
    ///
    /// - Parameter gain: What their amplifier made of the signal, beside the one of today: with
    ///   another gain everything looks like rest, and the decoder has to be adapted.
    /// - Returns: The decoder.
    /// - Throws: When the people cannot be simulated.
    static func discriminant(gain: Float = 1) throws -> DecoderBundle {
        let kind = try #require(DiscriminantKind(method: "lda"))
        let people = try (0..<4).map { patient in
            let windows = try windows(of: patient, [0, 1, 0, 2])
            return try WindowSet(
                signal: windows.signal.map { gain * $0 }, channelCount: windows.channelCount,
                windowLength: windowLength, starts: windows.starts, labels: windows.labels)
        }
        return try bundle(
            DiscriminantModel(
                kind, fitting: people.map { (kind.windowFeatures.rows(of: $0), $0.labels) },
                form: form))
    }

    /// A prior over six people.
    static func prior() throws -> DecoderBundle {
        let people = try (0..<6).map { patient in
            PriorPerson(sessions: [
                PriorPerson.Session(
                    support: try windows(of: patient, [0, 1, 2]).channelRepetitions(),
                    query: try windows(of: patient, [1, 0, 2, 0, 1, 2]).channelRepetitions())
            ])
        }
        return try bundle(
            PriorLearning.learn(from: people, form: form, isRing: false, at: "people").model)
    }
}
