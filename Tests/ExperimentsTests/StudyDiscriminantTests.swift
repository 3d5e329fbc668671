import Documents
import EMGArchive
import EMGSignal
import Experiments
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Linear discriminant")
struct StudyDiscriminantTests {
    private static let names = [
        "plain", "more columns than rows", "imbalanced", "skewed", "collinear", "constant column",
        "constant within a class", "one row of a class",
    ]

    @Test(
        "what is predicted is what scikit-learn tells, with its shrinkage for each class",
        arguments: names)
    func scikitLearn(name: String) throws {
        let file = SharedMaterial.packageFolder.appending(
            path: "Tests/ExperimentsTests/Golden/discriminant.json")
        let cases = try Document(contentsOf: file).cursor.object().required("cases").array()
        let golden = try #require(
            try cases.map { try $0.object() }.first { try $0.required("name").string() == name })
        func numbers(_ key: String) throws -> [Double] {
            try golden.required(key).array().map { try $0.number() }
        }
        let discriminant = LinearDiscriminant(
            rows: try numbers("rows"), labels: try numbers("labels").map { UInt8($0) })
        let shrinkages = try numbers("shrinkages")
        #expect(discriminant.shrinkages.count == shrinkages.count)
        for (found, expected) in zip(discriminant.shrinkages, shrinkages) {
            #expect(abs(found - expected) < 1e-9)
        }
        #expect(
            discriminant.predictions(try numbers("new")) == (try numbers("told")).map { UInt8($0) })
    }

    @Test("columns that do not vary, single rows and one class are tolerated")
    func degenerate() {
        let constant = LinearDiscriminant(rows: [1, 5, 1, 5, 1, 5], labels: [0, 1, 0])
        #expect(constant.predictions([1, 5]) == [0])
        let single = LinearDiscriminant(rows: [0, 0, 3, 3], labels: [1, 2])
        #expect(single.predictions([0.1, 0, 2.9, 3]) == [1, 2])
        let one = LinearDiscriminant(rows: [0, 1, 2], labels: [7, 7, 7])
        #expect(one.predictions([100]) == [7])
    }

    /// A collection's manifest of one task, normalized with an offset and a scale a channel.
    private func manifest(
        windowLength: Int = 20, offset: [Double] = [0, 0], scale: [Double] = [1, 1]
    ) throws -> CollectionManifest {
        let portion = CollectionManifest.Portion(ranges: [], windows: 0, windowsPerClass: [])
        return CollectionManifest(
            name: "c", seed: 0,
            tensors: CollectionManifest.TensorFile(path: "c.h5", sha256: "", bytes: 0),
            classes: ["rest", "fist"], channels: [],
            samplingRate: try SamplingRate(hertz: 100),
            window: CollectionManifest.Window(
                length: windowLength, stride: 1, labelRule: "last"),
            normalization: CollectionManifest.Normalization(method: "standard"), conditioning: [],
            split: CollectionManifest.Split(rule: "first_cycle", guardSamples: 0),
            tasks: [
                CollectionManifest.Entry(
                    identity: try RecordingIdentity(
                        patient: "p", session: "s", condition: "c"),
                    effectiveRate: try SamplingRate(hertz: 100), sampleCount: 0,
                    source: SourceFile(name: "", sha256: ""), support: portion, query: portion,
                    normalization: CollectionManifest.Coefficients(offset: offset, scale: scale),
                    tensor: CollectionManifest.TensorLocation(path: "", sha256: ""))
            ], splits: CollectionManifest.Partition(train: [], validation: [], test: ["p/s/c"]),
            history: [])
    }

    @Test("features of windows at uneven distances are those of each window alone")
    func features() throws {
        var generator = SeededGenerator(seed: 2)
        let signal = (0..<600).map { _ in Float(generator.nearlyNormal()) }
        let starts = [0, 5, 10, 15, 40, 41, 42, 200, 280]
        let labels: [UInt8] = [0, 1, 0, 1, 0, 1, 0, 1, 0]
        func set(_ starts: [Int], _ labels: [UInt8]) throws -> WindowSet {
            try WindowSet(
                signal: signal, channelCount: 2, windowLength: 20, starts: starts, labels: labels)
        }
        // Of both signs, and with the offset of an amplitude.
        for offset in [[0.0, 0], [4, 4]] {
            let classifier = try #require(
                TimeDomainDiscriminant(try manifest(offset: offset)))
            let together = try classifier.predictions(
                for: Episode(id: "p/s/c", support: set(starts, labels), query: set(starts, labels)))
            let apart = try starts.indices.map { index in
                try classifier.predictions(
                    for: Episode(
                        id: "p/s/c", support: set(starts, labels),
                        query: set([starts[index]], [0])))[0]
            }
            #expect(together == apart)
        }
        #expect(TimeDomainDiscriminant(try manifest(windowLength: 2)) == nil)
    }

    @Test(
        "a level between two others is predicted of an envelope, whose normalized magnitude folds it",
        arguments: [1.0, 0.001, 2_000])
    func envelopes(unit: Double) throws {
        // Three levels of an amplitude; after normalization the lowest and the highest have the
        // same magnitude, and their shape is the same.
        var generator = SeededGenerator(seed: 9)
        let levels = [0.0, 1, 2]
        let raw = (0..<3_000).flatMap { sample -> [Double] in
            let level = levels[sample / 100 % 3] + 0.05 * (1 + generator.nearlyNormal() / 6)
            return [unit * max(0, level), unit * max(0, 1.5 * level)]
        }
        let offset = [unit, 1.5 * unit]
        let signal = raw.enumerated().map { place, value in
            Float((value - offset[place % 2]) / offset[place % 2])
        }
        let starts = stride(from: 0, to: 2_980, by: 20).map(\.self)
        let labels = starts.map { UInt8($0 / 100 % 3) }
        func set(_ chosen: Range<Int>) throws -> WindowSet {
            try WindowSet(
                signal: signal, channelCount: 2, windowLength: 20, starts: Array(starts[chosen]),
                labels: Array(labels[chosen]))
        }
        let task = try Episode(id: "p/s/c", support: set(0..<45), query: set(45..<149))
        let told = try #require(TimeDomainDiscriminant(try manifest(offset: offset, scale: offset)))
            .predictions(for: task)
        #expect(zip(told, task.query.labels).allSatisfy { $0 == $1 })
    }
}
