internal import SeededRandom

/// The interference pattern of many motor units: noise with the spectrum of surface EMG, most of
/// its power between 30 and 150 Hz, whose strength wavers as units come and go.
struct MuscleNoise: Sendable {
    private var generator: SeededGenerator
    private var slow: Smoothing
    private var highPass: Smoothing
    private var secondHighPass: Smoothing
    private var lowPass: Smoothing
    private let scale: Double
    private let waverScale: Double

    init(generator: SeededGenerator, rate: Double) {
        self.generator = generator
        slow = Smoothing(cutoff: min(3, rate / 20), rate: rate, stages: 2)
        highPass = Smoothing(cutoff: 24, rate: rate, stages: 1)
        secondHighPass = highPass
        lowPass = Smoothing(cutoff: min(140, rate * 0.4), rate: rate, stages: 2)
        // Power that the filters leave of white noise, measured once on a stream of its own, so
        // that the output has variance 1 at any rate.
        var probe = Probe(
            highPass: highPass, secondHighPass: secondHighPass, lowPass: lowPass, slow: slow)
        (scale, waverScale) = probe.scales()
    }

    /// The next sample; variance 1 on average.
    mutating func next() -> Double {
        let white = generator.nearlyNormal()
        let first = white - highPass.next(white)
        let second = first - secondHighPass.next(first)
        let waver = 1 + 0.15 * waverScale * slow.next(generator.nearlyNormal())
        return lowPass.next(second) * scale * max(0.1, waver)
    }

    /// Measures what filters make of white noise.
    private struct Probe {
        var highPass: Smoothing
        var secondHighPass: Smoothing
        var lowPass: Smoothing
        var slow: Smoothing

        mutating func scales() -> (signal: Double, waver: Double) {
            // The sum of the squared impulse response is the output's variance.
            var power = 0.0
            var slowPower = 0.0
            for step in 0..<20_000 {
                let impulse = step == 0 ? 1.0 : 0
                let first = impulse - highPass.next(impulse)
                let second = first - secondHighPass.next(first)
                let value = lowPass.next(second)
                power += value * value
                let waver = slow.next(impulse)
                slowPower += waver * waver
            }
            return (1 / power.squareRoot(), 1 / slowPower.squareRoot())
        }
    }
}
