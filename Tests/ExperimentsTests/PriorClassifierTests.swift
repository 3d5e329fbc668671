import EMGArchive
import EMGSignal
import Experiments
import Foundation
import MetaLearning
import SeededRandom
import Testing

@Suite("The learned prior as a method of a collection")
struct PriorClassifierTests {
    private static let (channels, classes, length) = (4, 3, 10)

    /// A collection of people who wear a ring of electrodes turned at random, each in a unit and
    /// with a normalization of their own.
    private struct Laboratory {
        var manifest: CollectionManifest
        var source: EpisodesInMemory

        init(people: Int, test: Int, isTurned: Bool) throws {
            var generator = SeededGenerator(seed: 17)
            var (entries, episodes): ([CollectionManifest.Entry], [Episode]) = ([], [])
            for person in 0..<people {
                let identity = try RecordingIdentity(
                    patient: "p\(person)", session: "s", condition: "c")
                let turn = isTurned ? generator.integer(below: channels) : 0
                let scale = (0..<channels).map { _ in generator.uniform(in: 0.5..<3) }
                let effort = exp(0.2 * generator.nearlyNormal())
                var signal: [Float] = []
                let labels = (0..<classes * 6).map { UInt8($0 % classes) }
                for label in labels {
                    for _ in 0..<length {
                        for channel in 0..<channels {
                            let place = (channel + turn) % channels
                            let level = [1.0, 4, 16][(place + 2 * Int(label)) % 3] * effort
                            signal.append(
                                Float(level * (1 + 0.1 * generator.nearlyNormal()) / scale[channel])
                            )
                        }
                    }
                }
                func windows(_ range: Range<Int>) throws -> WindowSet {
                    try WindowSet(
                        signal: signal, channelCount: channels, windowLength: length,
                        starts: range.map { $0 * length }, labels: Array(labels[range]))
                }
                episodes.append(
                    try Episode(
                        id: identity.id, support: windows(0..<classes),
                        query: windows(classes..<labels.count)))
                let portion = CollectionManifest.Portion(
                    ranges: [], windows: 0, windowsPerClass: [])
                entries.append(
                    CollectionManifest.Entry(
                        identity: identity, effectiveRate: try SamplingRate(hertz: 100),
                        sampleCount: 0, source: SourceFile(name: "", sha256: ""),
                        support: portion, query: portion,
                        normalization: CollectionManifest.Coefficients(
                            offset: Array(repeating: 0, count: channels), scale: scale),
                        tensor: CollectionManifest.TensorLocation(path: "", sha256: "")))
            }
            let names = ["rest", "open", "close"]
            manifest = CollectionManifest(
                software: "test", name: "c", seed: 0,
                tensors: CollectionManifest.TensorFile(path: "c.h5", sha256: "", bytes: 0),
                classes: names, channels: (0..<channels).map { Channel(name: "e\($0)", unit: "V") },
                samplingRate: try SamplingRate(hertz: 100),
                window: CollectionManifest.Window(
                    length: length, stride: length, labelRule: "last"),
                normalization: CollectionManifest.Normalization(method: "standard"),
                conditioning: [],
                split: CollectionManifest.Split(rule: "shots", guardSamples: 0), tasks: entries,
                splits: CollectionManifest.Partition(train: [], validation: [], test: []),
                history: [])
            source = try EpisodesInMemory(
                classNames: names, train: Array(episodes.dropLast(test)),
                test: Array(episodes.suffix(test)))
        }

        /// The part of the test people's query windows that the prior predicts correctly.
        func accuracy(turns: TrainingConfiguration.Baselines.Prior.Turns) throws -> Double {
            var configuration = TrainingConfiguration()
            configuration.baselines.lda = false
            configuration.baselines.prior = .init()
            configuration.baselines.prior?.turns = turns
            let classifier = try #require(
                try configuration.classifiers(for: manifest, tasks: source).first)
            #expect(classifier.method == .prior)
            var (right, count) = (0, 0)
            for id in source.ids(in: .test) {
                let task = try source.episode(id)
                let found = try classifier.predictions(for: task)
                right += zip(found, task.query.labels).count { $0 == $1 }
                count += found.count
            }
            return Double(right) / Double(count)
        }
    }

    @Test("one window a class is enough where people differ as they did in training")
    func accuracy() throws {
        let laboratory = try Laboratory(people: 16, test: 6, isTurned: false)
        #expect(try laboratory.accuracy(turns: .none) == 1)
    }

    @Test("a ring of electrodes may be turned")
    func turned() throws {
        let laboratory = try Laboratory(people: 16, test: 6, isTurned: true)
        #expect(try laboratory.accuracy(turns: .ring) == 1)
    }

    @Test("it is compared only when that is asked for, and needs two people to learn from")
    func choice() throws {
        let laboratory = try Laboratory(people: 3, test: 2, isTurned: false)
        var configuration = TrainingConfiguration()
        let methods = try configuration.classifiers(
            for: laboratory.manifest, tasks: laboratory.source
        ).map(\.method)
        #expect(!methods.contains(.prior))
        configuration.baselines.prior = .init()
        #expect(throws: MetaLearningError.self) {
            try configuration.classifiers(for: laboratory.manifest, tasks: laboratory.source)
        }
    }
}
