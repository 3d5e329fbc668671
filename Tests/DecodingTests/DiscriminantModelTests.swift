import AllocationCount
import Decoding
import EMGFilters
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
        bundle.model = DiscriminantModel(
            fittingAmplitudes: rows, labels: labels, amplitude: LogAmplitude(scale: 2), form: form)
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

    @Test(.enabled(if: allocations_are_counted(), "only glibc is counted"))
    func `nothing is allocated after the first window`() throws {
        var decoder = try Decoder(Self.bundle())
        let samples = SampleDecoder("lda").samples(400)
        var sum = 0.0
        decoder.feed(samples.span) { sum += $1[0] }
        let before = allocation_count()
        decoder.feed(samples.span) { sum += $1[0] }
        #expect(allocation_count() - before == 0)
    }
}
