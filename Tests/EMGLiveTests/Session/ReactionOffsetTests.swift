import EMGLive
import EMGSignal
import SeededRandom
import Testing

@Suite("How long after a prompt a person begins to move")
struct ReactionOffsetTests {
    /// Noise of a muscle: normal samples whose deviation is `quiet` before a row and `active` from
    /// it on.
    static func signal(
        rows: Int, channels: Int, onset: Int?, quiet: Double = 5, active: Double = 40,
        offset: Double = 300, seed: UInt64
    ) -> [Float] {
        var generator = SeededGenerator(seed: seed, stream: "reaction")
        var samples: [Float] = []
        for row in 0..<rows {
            let deviation = row >= onset ?? .max ? active : quiet
            for _ in 0..<channels {
                samples.append(Float(offset + deviation * generator.nearlyNormal()))
            }
        }
        return samples
    }

    @Test(
        "the beginning of a contraction is found within 30 ms",
        arguments: [500.0, 1_000, 2_000], [0.0, 0.12, 0.4, 1.1])
    func onset(hertz: Double, delay: Double) throws {
        let rate = try SamplingRate(hertz: hertz)
        let prompt = rate.samples(inSeconds: 1)
        for seed in 1...5 as ClosedRange<UInt64> {
            let samples = Self.signal(
                rows: prompt + rate.samples(inSeconds: 3), channels: 4,
                onset: prompt + rate.samples(inSeconds: delay), seed: seed)
            let found = try #require(
                reactionOffset(samples, channelCount: 4, prompt: prompt, rate: rate))
            #expect(abs(found - delay) < 0.03, "\(found) s for \(delay) s")
        }
    }

    @Test func `relaxing after a contraction is a movement, too`() throws {
        let rate = try SamplingRate(hertz: 1_000)
        let samples = Self.signal(
            rows: 4_000, channels: 4, onset: 1_300, quiet: 40, active: 5, seed: 3)
        let found = try #require(
            reactionOffset(samples, channelCount: 4, prompt: 1_000, rate: rate))
        #expect(abs(found - 0.3) < 0.03)
    }

    @Test(arguments: [50.0, 100])
    func `an envelope that rises is seen as well`(hertz: Double) throws {
        let rate = try SamplingRate(hertz: hertz)
        let second = rate.samples(inSeconds: 1)
        var generator = SeededGenerator(seed: 5, stream: "envelope")
        let samples = (0..<4 * second).map { row in
            Float((row >= second + second / 2 ? 12 : 3) + 0.3 * generator.nearlyNormal())
        }
        let found = try #require(
            reactionOffset(samples, channelCount: 1, prompt: second, rate: rate))
        #expect(abs(found - 0.5) < 0.06)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `nothing is seen where nobody moves`(seed: UInt64) throws {
        let rate = try SamplingRate(hertz: 1_000)
        let samples = Self.signal(rows: 4_000, channels: 4, onset: nil, seed: seed)
        #expect(reactionOffset(samples, channelCount: 4, prompt: 1_000, rate: rate) == nil)
    }

    @Test func `without a rest, a moving channel or samples after the prompt there is no answer`()
        throws
    {
        let rate = try SamplingRate(hertz: 1_000)
        let samples = Self.signal(rows: 2_000, channels: 1, onset: 500, seed: 1)
        for prompt in [0, 100, 199, 2_000, 5_000] {
            #expect(reactionOffset(samples, channelCount: 1, prompt: prompt, rate: rate) == nil)
        }
        for value in [Float.nan, .infinity, 0] {
            let still = [Float](repeating: value, count: 4_000)
            #expect(reactionOffset(still, channelCount: 1, prompt: 1_000, rate: rate) == nil)
        }
    }

    @Test(arguments: [1, 7, 50, 333])
    func `a meter measures the same, however the signal comes`(piece: Int) throws {
        let rate = try SamplingRate(hertz: 500)
        let onsets = [1_200, 3_650, 6_100]
        var generator = SeededGenerator(seed: 9, stream: "meter")
        // Three contractions of two seconds, each 200, 150 and 100 samples after its prompt.
        let samples = (0..<9_000).map { row in
            let isActive = onsets.contains { $0 <= row && row < $0 + 1_000 }
            return Float((isActive ? 30 : 4) * generator.nearlyNormal())
        }
        let prompts = [1_000, 3_500, 6_000]
        var meter = ReactionMeter(rate: rate, channelCount: 1)
        var position = 0
        while position < samples.count {
            let end = min(samples.count, position + piece)
            meter.take(samples.span.extracting(position..<end))
            for prompt in prompts where position < prompt && prompt <= end {
                meter.prompt(at: prompt, holdSamples: 1_500)
            }
            position = end
        }
        for (prompt, onset) in zip(prompts, onsets) {
            let found = try #require(meter.offset(ofPrompt: prompt))
            #expect(abs(found - rate.seconds(ofSamples: onset - prompt)) < 0.03)
            let rest = prompt - 500
            let expected = reactionOffset(
                Array(samples[rest..<prompt + 1_500]), channelCount: 1, prompt: 500, rate: rate)
            #expect(found == expected)
        }
    }

    @Test func `where samples were lost nothing is measured`() throws {
        let rate = try SamplingRate(hertz: 500)
        let samples = Self.signal(rows: 3_000, channels: 1, onset: 1_100, seed: 2)
        var meter = ReactionMeter(rate: rate, channelCount: 1)
        meter.take(samples.span.extracting(0..<1_000))
        meter.prompt(at: 1_000, holdSamples: 1_500)
        meter.take(samples.span.extracting(1_000..<1_050))
        meter.lose(5)
        meter.take(samples.span.extracting(1_055..<3_000))
        #expect(meter.offset(ofPrompt: 1_000) == nil)
    }
}
