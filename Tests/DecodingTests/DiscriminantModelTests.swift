import AllocationCount
import Autodiff
import Decoding
import EMGFeatures
import EMGFilters
import EMGSignal
import Foundation
import MetaLearning
import SeededRandom
import Testing

@Suite struct DiscriminantModelTests {
    private static let form = WindowForm(channelCount: 3, windowLength: 40, classCount: 3)

    /// Amplitudes round a level for each class and channel.
    private static func amplitudes(_ count: Int, missing: Int? = nil) -> ([Double], [UInt8]) {
        var generator = SeededGenerator(seed: 2, stream: "amplitudes")
        var (rows, labels): ([Double], [UInt8]) = ([], [])
        for window in 0..<count {
            let label = window % 3
            guard label != missing else { continue }
            labels.append(UInt8(label))
            for channel in 0..<3 {
                let level = channel == label ? 4.0 : 1.0
                rows.append(level * (0.7 + 0.6 * generator.uniform()))
            }
        }
        return (rows, labels)
    }

    private static func bundle(missing: Int? = nil) throws -> DecoderBundle {
        let (rows, labels) = amplitudes(60, missing: missing)
        var bundle = try SampleDecoder("lda").bundle
        var kind = DiscriminantKind()
        kind.scale = 2
        bundle.model = DiscriminantModel(
            kind, fitting: [(LogAmplitude(scale: 2)(rows), labels)], form: form)
        return bundle
    }

    /// A signal that swings by an amplitude on each channel.
    private static func signal(_ levels: [Double], samples: Int) -> [Float] {
        (0..<samples).flatMap { sample in
            levels.map { Float(sample.isMultiple(of: 2) ? $0 : -$0) }
        }
    }

    @Test func `it decides as the discriminant of the training module does`() throws {
        let (rows, labels) = Self.amplitudes(60)
        let reference = LinearDiscriminant(rows: LogAmplitude(scale: 2)(rows), labels: labels)
        let bundle = try Self.bundle()
        var generator = SeededGenerator(seed: 8, stream: "levels")
        for _ in 0..<40 {
            let levels = (0..<3).map { _ in Double(Float(0.5 + 4 * generator.uniform())) }
            let decided = try DecidedWindow.all(
                of: Self.signal(levels, samples: 40), by: bundle, chunk: 40)
            let expected = reference.predictions(LogAmplitude(scale: 2)(levels))
            #expect(decided.map(\.decision.likeliestClass) == [Int(expected[0])])
            #expect(abs(decided[0].probabilities.reduce(0, +) - 1) < 1e-12)
        }
    }

    @Test func `a class that was not shown is never decided`() throws {
        let bundle = try Self.bundle(missing: 1)
        let decided = try DecidedWindow.all(
            of: Self.signal([1, 4, 1], samples: 40), by: bundle, chunk: 40)
        #expect(decided[0].probabilities[1] == 0)
        #expect(decided[0].decision.likeliestClass != 1)
    }

    @Test func `its file gives the same decisions`() throws {
        let bundle = try Self.bundle(missing: 2)
        let read = try DecoderBundle(bundle.tensors, name: "x")
        let samples = SampleDecoder("lda").samples(200)
        #expect(
            try DecidedWindow.all(of: samples, by: read, chunk: 7)
                == DecidedWindow.all(of: samples, by: bundle, chunk: 200))
    }

    @Test func `it adapts to a support alone`() throws {
        let bundle = try Self.bundle()
        // Each class is strong on the next channel, as with the band turned.
        var (signal, starts, labels): ([Float], [Int], [UInt8]) = ([], [], [])
        var generator = SeededGenerator(seed: 6, stream: "turned")
        for window in 0..<12 {
            let label = window % 3
            starts.append(signal.count / 3)
            labels.append(UInt8(label))
            let levels = (0..<3).map { channel in
                (channel == (label + 1) % 3 ? 4.0 : 1.0) * (0.9 + 0.2 * generator.uniform())
            }
            signal += Self.signal(levels, samples: 40)
        }
        let support = try WindowSet(
            signal: signal, channelCount: 3, windowLength: 40, starts: starts, labels: labels)
        let model = try #require(bundle.model as? any AdaptableModel)
        var adapted = bundle
        adapted.model = try model.adapted(to: support, by: nil, id: "p")
        for label in 0..<3 {
            let levels = (0..<3).map { $0 == (label + 1) % 3 ? 4.0 : 1.0 }
            let decided = try DecidedWindow.all(
                of: Self.signal(levels, samples: 40), by: adapted, chunk: 40)
            #expect(decided[0].decision.likeliestClass == label)
        }
    }

    @Test func `a bundle from before says no more than it did`() throws {
        let bundle = try Self.bundle()
        let text = try #require(bundle.tensors.metadata["decoder"])
        #expect(text.contains(#""model":{"discriminant":{"floor":0.02,"scale":2.0}}"#), "\(text)")
        #expect(bundle.tensors.entries.map(\.name).sorted() == ["offsets", "weights"])
    }

    /// Features `[windows × features]` and labels of training people.
    private static func people() throws -> [(rows: [Double], labels: [UInt8])] {
        try (0..<2).map { person in
            let windows = try SampleDecoder("people").somebody(person)
            return (WindowFeatures(.logAmplitude).rows(of: windows), windows.labels)
        }
    }

    /// Weights and offsets by the class.
    private static func map(
        _ rule: DiscriminantRule
    ) throws -> (weights: [[Double]], offsets: [Double], deviations: [Double]) {
        var kind = DiscriminantKind()
        kind.rule = rule
        var bundle = try SampleDecoder("x").bundle
        bundle.model = DiscriminantModel(kind, fitting: try people(), form: form)
        let weights: Tensor<Double> = try bundle.tensors.tensor("weights", in: "x")
        let offsets: Tensor<Double> = try bundle.tensors.tensor("offsets", in: "x")
        let deviations: Tensor<Double> = try bundle.tensors.tensor("deviations", in: "x")
        return (
            (0..<3).map { Array(weights.elements[$0 * 3..<$0 * 3 + 3]) }, offsets.elements,
            deviations.elements
        )
    }

    @Test func `the nearest mean is the nearest one on the scale of training people`() throws {
        let (weights, offsets, deviations) = try Self.map(.nearestMean)
        let people = try Self.people()
        // The deviation of each person's windows from their class's mean.
        var squares = [0.0, 0, 0]
        for (rows, labels) in people {
            for channel in 0..<3 {
                for label in 0..<3 {
                    let own = labels.indices.filter { labels[$0] == label }
                        .map { rows[$0 * 3 + channel] }
                    let mean = own.reduce(0, +) / Double(own.count)
                    squares[channel] += own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                }
            }
        }
        let count = Double(people.reduce(0) { $0 + $1.labels.count })
        for (own, square) in zip(deviations, squares) {
            #expect(abs(own - (square / count).squareRoot()) < 1e-12)
        }
        let (rows, labels) = (people.flatMap(\.rows), people.flatMap(\.labels))
        for row in [[-1.0, 0.2, -0.4], [0.1, -2, 0.3]] {
            var distances: [Double] = []
            for label in 0..<3 {
                let own = labels.indices.filter { labels[$0] == label }
                var distance = 0.0
                for channel in 0..<3 {
                    let mean =
                        own.reduce(0) { $0 + rows[$1 * 3 + channel] } / Double(own.count)
                    let part = (row[channel] - mean) / deviations[channel]
                    distance += part * part
                }
                distances.append(distance)
            }
            let scores = (0..<3).map { label in
                zip(weights[label], row).reduce(offsets[label]) { $0 + $1.0 * $1.1 }
            }
            for label in 1..<3 {
                let expected = (distances[0] - distances[label]) / 2
                #expect(abs(scores[label] - scores[0] - expected) < 1e-9)
            }
        }
    }

    @Test func `the ridge regression leaves no gradient of its sum of squares`() throws {
        let (weights, offsets, deviations) = try Self.map(.ridge)
        let people = try Self.people()
        let (rows, labels) = (people.flatMap(\.rows), people.flatMap(\.labels))
        for label in 0..<3 {
            // Of answers 0 and 1 and features on the scale, a tenth of the logits.
            let own = zip(weights[label], deviations).map { $0 * $1 / 10 }
            var (gradient, sum) = (own, 0.0)
            for (window, truth) in labels.enumerated() {
                let row = (0..<3).map { rows[window * 3 + $0] }
                let answer =
                    zip(weights[label], row).reduce(offsets[label]) { $0 + $1.0 * $1.1 } / 10
                let residual = answer - (truth == label ? 1 : 0)
                sum += residual
                for channel in 0..<3 {
                    gradient[channel] += residual * row[channel] / deviations[channel]
                }
            }
            #expect(abs(sum) < 1e-9)
            #expect(gradient.allSatisfy { abs($0) < 1e-9 })
        }
    }

    @Test func `time-domain features are those of the features' module`() throws {
        var windows = try SampleDecoder("x").somebody(3)
        // Samples of 0, and neighbors that are equal.
        windows = try WindowSet(
            signal: windows.signal.map { ($0 * 4).rounded() / 4 }, channelCount: 3,
            windowLength: 40, starts: windows.starts, labels: windows.labels)
        let own = WindowFeatures(.timeDomain).rows(of: windows)
        let expected = try SlidingFeatures(
            [.mav, .waveformLength, .zeroCrossings(), .slopeSignChanges()], window: 40, stride: 40,
            samplingRate: SamplingRate(hertz: 200)
        ).compute(windows.signal, channelCount: 3)
        #expect(own.count == expected.count)
        for (one, other) in zip(own, expected) { #expect(abs(one - other) < 1e-9) }
    }

    @Test(arguments: DiscriminantRule.allCases, [0, 1, 2])
    func `training people's decoder is turned to a person as their band lies`(
        rule: DiscriminantRule, turn: Int
    ) throws {
        var sample = SampleDecoder("turned", discriminant: DiscriminantKind(method: "others"))
        sample.discriminant?.rule = rule
        sample.discriminant?.features = rule == .ridge ? .timeDomain : .logAmplitude
        let bundle = try sample.bundle
        let straight = try sample.somebody(2)
        // What was on a channel is on one further round.
        let turned = try WindowSet(
            signal: straight.signal.indices.map { place in
                straight.signal[place / 3 * 3 + (place % 3 + 3 - turn) % 3]
            }, channelCount: 3, windowLength: 40, starts: straight.starts, labels: straight.labels)
        let model = try #require(bundle.model as? any AdaptableModel)
        // A window of each class is enough.
        var adapted = bundle
        let shown = try WindowSet(
            signal: turned.signal, channelCount: 3, windowLength: 40,
            starts: Array(turned.starts.prefix(3)), labels: Array(turned.labels.prefix(3)))
        adapted.model = try model.adapted(to: shown, by: nil, id: "p")
        let expected = try DecidedWindow.all(of: straight.signal, by: bundle, chunk: 40)
        let found = try DecidedWindow.all(of: turned.signal, by: adapted, chunk: 40)
        for (one, other) in zip(expected, found) {
            for label in 0..<3 {
                #expect(abs(one.probabilities[label] - other.probabilities[label]) < 1e-9)
            }
        }
        if turn == 0 { #expect(adapted.sha256 == bundle.sha256) }
    }

    @Test func `a support without windows is refused`() throws {
        let support = try WindowSet(
            signal: [], channelCount: 3, windowLength: 40, starts: [], labels: [])
        for sample in SampleDecoder.discriminants + SampleDecoder.headed {
            let model = try #require(try sample.bundle.model as? any AdaptableModel)
            #expect {
                _ = try model.adapted(to: support, by: nil, id: "p/1")
            } throws: { "\($0)".contains("p/1: the support has no window") }
        }
    }

    @Test func `a scale that is none, and a ring of one channel, are refused`() throws {
        var nearest = DiscriminantKind()
        nearest.rule = .nearestMean
        var bundle = try SampleDecoder("x").bundle
        bundle.model = DiscriminantModel(nearest, fitting: try Self.people(), form: Self.form)
        var file = bundle.tensors
        file.set("deviations", to: Tensor<Double>(shape: [3], elements: [1, 0, 1]))
        #expect {
            _ = try DecoderBundle(file, name: "x.myodec")
        } throws: { "\($0)".contains("tensor deviations: expected numbers above 0") }
        file.remove("deviations")
        #expect {
            _ = try DecoderBundle(file, name: "x.myodec")
        } throws: { "\($0)".contains("deviations") }
        let others = try #require(DiscriminantKind(method: "others"))
        #expect {
            try others.check(
                WindowForm(channelCount: 1, windowLength: 40, classCount: 3), at: "study")
        } throws: { "\($0)".contains("at least two channels on a ring") }
        #expect(DiscriminantKind(method: "meta") == nil)
        #expect(
            DiscriminantKind.methods.allSatisfy { DiscriminantKind(method: $0) != nil })
    }

    @Test(
        .enabled(if: allocations_are_counted(), "only glibc is counted"),
        arguments: SampleDecoder.discriminants)
    func `nothing is allocated after the first window`(sample: SampleDecoder) throws {
        var decoder = try Decoder(sample.bundle)
        let samples = sample.samples(400)
        var sum = 0.0
        decoder.feed(samples.span) { sum += $1[0] }
        let before = allocation_count()
        decoder.feed(samples.span) { sum += $1[0] }
        #expect(allocation_count() - before == 0)
    }
}
