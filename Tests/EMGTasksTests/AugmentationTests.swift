import Documents
import EMGArchive
import EMGTasks
import SeededRandom
import Testing

@Suite("Augmentation")
struct AugmentationTests {
    private let channels = 8
    private let length = 50

    /// 40 windows in which every value names its channel and sample.
    private var windows: [Float] {
        (0..<40).flatMap { _ in
            (0..<8).flatMap { channel in (0..<50).map { Float(channel * 100 + $0) } }
        }
    }

    private func augmented(
        _ augmentation: AugmentationStep, _ values: [Float], seed: UInt64 = 1
    ) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        var result = values
        augmentation.apply(
            to: &result, channelCount: channels, windowLength: length, using: &generator)
        return result
    }

    private static let all: [AugmentationStep] = [
        AugmentationStep(.rotation(positions: 1)), AugmentationStep(.jitter(samples: 5)),
        AugmentationStep(.gain(range: 0.2)), AugmentationStep(.noise(deviation: 0.1)),
        AugmentationStep(.magnitudeWarp(knots: 4, deviation: 0.2)),
        AugmentationStep(.rotation(positions: 3), probability: 0.5),
    ]

    @Test("a seed names the batch, and both layouts of a window give the same", arguments: all)
    func seeded(augmentation: AugmentationStep) {
        let result = augmented(augmentation, windows)
        #expect(result == augmented(augmentation, windows))
        #expect(result != augmented(augmentation, windows, seed: 2))
        #expect(result != windows)
        var turned = transposed(windows)
        var generator = SeededGenerator(seed: 1)
        augmentation.apply(
            to: &turned, channelCount: channels, windowLength: length, layout: .samplesFirst,
            using: &generator)
        #expect(turned == transposed(result))
    }

    private func transposed(_ values: [Float]) -> [Float] {
        stride(from: 0, to: values.count, by: channels * length).flatMap { start in
            (0..<length).flatMap { sample in
                (0..<channels).map { values[start + $0 * length + sample] }
            }
        }
    }

    @Test("a rotation moves whole channels, all three turns come up")
    func rotation() {
        let result = augmented(AugmentationStep(.rotation(positions: 1)), windows)
        var turns: Set<Int> = []
        for window in stride(from: 0, to: result.count, by: channels * length) {
            let turn = Int(result[window]) / 100
            turns.insert(turn)
            for channel in 0..<channels {
                for sample in 0..<length {
                    #expect(
                        result[window + channel * length + sample]
                            == Float((channel + turn) % 8 * 100 + sample))
                }
            }
        }
        #expect(turns == [0, 1, 7])
    }

    @Test("jitter shifts a window, its edges are repeated")
    func jitter() {
        let result = augmented(AugmentationStep(.jitter(samples: 5)), windows)
        var shifts: Set<Int> = []
        for window in stride(from: 0, to: result.count, by: channels * length) {
            let shift = Int(result[window + 25]) - 25
            shifts.insert(shift)
            for sample in 0..<length {
                let expected = min(max(sample + shift, 0), length - 1)
                #expect(result[window + sample] == Float(expected))
            }
        }
        #expect(shifts.min() == -5 && shifts.max() == 5)
    }

    @Test("a gain is one factor a channel within its range")
    func gain() {
        let ones = [Float](repeating: 1, count: windows.count)
        let result = augmented(AugmentationStep(.gain(range: 0.2)), ones)
        for channel in stride(from: 0, to: result.count, by: length) {
            #expect(Set(result[channel..<channel + length]).count == 1)
        }
        #expect(result.allSatisfy { $0 >= 0.8 && $0 <= 1.2 })
        #expect(Set(result).count > 300)
    }

    @Test("noise has the deviation asked for and no mean")
    func noise() {
        let zeros = [Float](repeating: 0, count: windows.count)
        let result = augmented(AugmentationStep(.noise(deviation: 0.5)), zeros).map(Double.init)
        let mean = result.reduce(0, +) / Double(result.count)
        let variance = result.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(result.count)
        // Four standard errors of 16,000 draws.
        #expect(abs(mean) < 0.016)
        #expect(abs(variance.squareRoot() - 0.5) < 0.012)
    }

    @Test("a warp is smooth, goes through 1 on average and differs between channels")
    func warp() {
        let ones = [Float](repeating: 1, count: windows.count)
        let result = augmented(AugmentationStep(.magnitudeWarp(knots: 4, deviation: 0.2)), ones)
        var ends: [Float] = []
        for channel in stride(from: 0, to: result.count, by: length) {
            let curve = result[channel..<channel + length]
            ends.append(curve[channel])
            // Four knots over 50 samples: no step can be large.
            for (one, other) in zip(curve, curve.dropFirst()) { #expect(abs(one - other) < 0.2) }
        }
        let mean = ends.reduce(0, +) / Float(ends.count)
        #expect(abs(mean - 1) < 0.05)
        #expect(Set(ends).count == ends.count)
    }

    @Test("a probability leaves some windows as they are")
    func probability() {
        let result = augmented(AugmentationStep(.gain(range: 0.5), probability: 0.25), windows)
        let size = channels * length
        let untouched = (0..<40).count { index in
            result[index * size..<(index + 1) * size] == windows[index * size..<(index + 1) * size]
        }
        #expect((20...39).contains(untouched))
    }

    @Test("a manifest carries what the configuration asks for")
    func carried() throws {
        let text = """
            window: {length: 20, stride: 5}
            augmentation:
              - {kind: rotation}
              - {kind: jitter, samples: 5, probability: 0.5}
              - {kind: gain, range: 0.2}
              - {kind: noise, deviation: 0.1}
              - {kind: magnitude_warp, knots: 5, deviation: 0.3}
            """
        let configuration = try CollectionConfiguration(
            Document(yaml: text.utf8, name: "c.yaml").cursor)
        let study = try StudyInFolder(configuration)
        let manifest = try CollectionManifest(contentsOf: study.manifestURL)
        #expect(try AugmentationStep.all(of: manifest) == configuration.augmentation)
        #expect(configuration.augmentation.count == 5)
        #expect(
            configuration.augmentation[1] == AugmentationStep(.jitter(samples: 5), probability: 0.5)
        )
    }
}
