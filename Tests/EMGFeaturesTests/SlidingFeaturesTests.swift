import EMGFeatures
import EMGSignal
import Foundation
import SeededRandom
import Testing

/// Windows that slide share sums; each must be as if it were alone.
@Suite("Features of sliding windows")
struct SlidingFeaturesTests {
    private static func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in 200 * (generator.uniform() - 0.5) }
    }

    @Test("features do not depend on what came before the window")
    func features() throws {
        let rate = try SamplingRate(hertz: 2_000)
        let kinds: [any Feature] = [
            .mav, .rms, .waveformLength, .iav, .variance, .zeroCrossings(threshold: 1),
            .slopeSignChanges(threshold: 2), .willisonAmplitude(threshold: 5), .logDetector, .dasdv,
            .autoregressive(order: 6), .meanFrequency, .medianFrequency, .meanPower, .skewness,
            .kurtosis, .mobility, .complexity,
        ]
        let input = (0..<3_000).map { $0 < 1_000 ? 1e12 : 0 } + Self.noise(2_000)
        let sliding = try SlidingFeatures(kinds, window: 300, stride: 70, samplingRate: rate)
        let found = sliding.compute(input, channelCount: 1)
        let index = 55
        let window = Array(input[index * 70..<index * 70 + 300])
        let alone = try SlidingFeatures(kinds, window: 300, stride: 300, samplingRate: rate)
            .compute(window, channelCount: 1)
        let width = sliding.countPerChannel
        #expect(alone.count == width)
        for number in 0..<width {
            #expect(
                abs(found[index * width + number] - alone[number])
                    <= 1e-11 * max(1, abs(alone[number])))
        }
        #expect(sliding.compute([Double](), channelCount: 4).isEmpty)
        #expect(throws: FeatureError.self) {
            try SlidingFeatures(kinds, window: 2, stride: 1, samplingRate: rate)
        }
    }

    @Test(
        "windows that slide are windows by themselves",
        arguments: [(3, 1), (50, 1), (50, 7), (64, 64), (40, 100), (300, 200), (210, 70)])
    func sliding(window: Int, stride: Int) throws {
        let rate = try SamplingRate(hertz: 2_000)
        let kinds: [any Feature] = [
            .mav, .rms, .waveformLength, .iav, .variance, .zeroCrossings(threshold: 1),
            .slopeSignChanges(threshold: 2), .slopeSignChanges(inclusive: true),
            .willisonAmplitude(threshold: 5), .logDetector, .dasdv, .maximumFractalLength,
        ]
        // Plateaus and zeros among them.
        let input = Self.noise(1_203 * 2, seed: 9).map { ($0 / 8).rounded() }
        let sliding = try SlidingFeatures(
            kinds, window: window, stride: stride, samplingRate: rate)
        let found = sliding.compute(input, channelCount: 2, threads: 2)
        let width = kinds.count
        for index in 0..<sliding.windowCount(samples: 1_203) {
            for channel in 0..<2 {
                let values = (0..<window).map { input[(index * stride + $0) * 2 + channel] }
                let steps = zip(values, values.dropFirst()).map { $1 - $0 }
                let count = Double(window)
                let mean = values.reduce(0, +) / count
                let magnitude = values.reduce(0) { $0 + abs($1) }
                let length = steps.reduce(0) { $0 + abs($1) }
                let turns = zip(steps, steps.dropFirst()).map { -$0 * $1 }
                let crossings = zip(values, values.dropFirst()).count {
                    $0 * $1 < 0 && abs($0 - $1) >= 1
                }
                let expected: [Double] = [
                    magnitude / count,
                    (values.reduce(0) { $0 + $1 * $1 } / count).squareRoot(), length, magnitude,
                    values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count,
                    Double(crossings), Double(turns.count { $0 > 2 }),
                    Double(turns.count { $0 >= 0 }), Double(steps.count { abs($0) > 5 }),
                    exp(values.reduce(0) { $0 + log(abs($1) + 1) } / count),
                    (steps.reduce(0) { $0 + $1 * $1 } / (count - 1)).squareRoot(), log10(length),
                ]
                let place = (index * 2 + channel) * width
                let wrong = expected.indices.filter { number in
                    let (value, other) = (expected[number], found[place + number])
                    return value != other
                        && !(abs(value - other) <= 1e-13 * Double(window) * max(1, abs(value)))
                }
                #expect(wrong.isEmpty, "\(wrong.map { kinds[$0].columnNames }) of window \(index)")
            }
        }
    }

    @Test(
        "parameters outside their ranges are refused, with the range",
        arguments: [
            (.zeroCrossings(threshold: -1), "zc.threshold must be a number of at least 0.0"),
            (.zeroCrossings(threshold: .nan), "zc.threshold must be a number of at least 0.0"),
            (.willisonAmplitude(threshold: .infinity), "wamp.threshold must be a number"),
            (.autoregressive(order: 65), "ar.order must be a whole number from 1 to 64, found 65"),
            (.cepstrum(order: 0), "cc.order must be a whole number from 1 to 64, found 0"),
            (.sampleEntropy(m: 17), "sampen.m must be a whole number from 1 to 16, found 17"),
            (.sampleEntropy(r: 0), "sampen.r must be a tolerance above 0, found 0"),
        ] as [(any Feature, String)])
    func ranges(feature: any Feature, text: String) throws {
        let rate = try SamplingRate(hertz: 2_000)
        let error = #expect(throws: FeatureError.self) {
            try SlidingFeatures([feature], window: 100, stride: 10, samplingRate: rate)
        }
        #expect(error?.description.hasPrefix(text) == true, "\(error?.description ?? "")")
    }
}
