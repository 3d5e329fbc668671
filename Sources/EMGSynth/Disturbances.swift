internal import SeededRandom

/// What a bipolar amplifier records besides muscles: hum of the mains with its harmonics, a
/// baseline that drifts, and artifacts when electrodes are pulled.
struct Disturbances: Sendable {
    private let rate: Double
    private let mains: Double
    private let amplitudes: [Double]
    private let phases: [Double]
    private let harmonics: [(order: Double, share: Double)]
    private var drift: [Smoothing]
    private let driftScale: Double
    private var frequencyDrift: Smoothing
    private var generator: SeededGenerator
    private var phase = 0.0
    private var jolts: [Jolt]
    private var hum: [Double]
    private var baseline: [Double]

    /// A swing that dies out.
    private struct Jolt: Sendable {
        var amplitude = 0.0
        var phase = 0.0
        var turnsPerStep = 0.0
    }

    init(plan: LaboratoryPlan, person: Person, stream: String) {
        var generator = SeededGenerator(seed: plan.seed, stream: "\(stream) disturbances")
        rate = plan.samplingRateHertz
        mains = plan.mainsHertz
        let channels = 0..<plan.channelCount
        amplitudes = channels.map { _ in person.hum * generator.uniform(in: 0.6..<1.3) }
        phases = channels.map { _ in generator.uniform(in: -0.08..<0.08) }
        let nyquist = plan.samplingRateHertz / 2
        harmonics = [(1, 1), (2, 0.22), (3, 0.4), (5, 0.15)].filter {
            $0.0 * plan.mainsHertz < nyquist
        }
        drift = channels.map { _ in
            Smoothing(cutoff: 0.4, rate: plan.samplingRateHertz, stages: 2)
        }
        // A low-pass at a fraction of the rate leaves that share of white noise's power.
        driftScale = 35 * (plan.samplingRateHertz / (0.4 * ExactMath.pi)).squareRoot()
        frequencyDrift = Smoothing(cutoff: 0.02, rate: plan.samplingRateHertz, stages: 1)
        jolts = channels.map { _ in Jolt() }
        hum = channels.map { _ in 0 }
        baseline = hum
        self.generator = generator
    }

    /// Pulls at some electrodes, as a movement does.
    mutating func shake(using generator: inout SeededGenerator) {
        for channel in jolts.indices where generator.uniform() < 0.35 {
            jolts[channel] = Jolt(
                amplitude: 260 * generator.nearlyNormal(), phase: 0,
                turnsPerStep: generator.uniform(in: 1.5..<5) / rate)
        }
    }

    /// Goes on by one sample.
    mutating func advance() {
        let offset = 2 * frequencyDrift.next(generator.nearlyNormal())
        phase += (mains + max(-0.2, min(0.2, offset))) / rate
        if phase >= 1 { phase -= 1 }
        for channel in hum.indices {
            var sum = 0.0
            for harmonic in harmonics {
                sum +=
                    harmonic.share
                    * ExactMath.sin(
                        2 * ExactMath.pi * harmonic.order * (phase + phases[channel]))
            }
            hum[channel] = amplitudes[channel] * sum
            baseline[channel] = driftScale * drift[channel].next(generator.nearlyNormal())
            jolts[channel].phase += jolts[channel].turnsPerStep
            jolts[channel].amplitude *= 1 - 6 / rate
        }
    }

    /// The disturbance of one channel now, in microvolts.
    func value(_ channel: Int) -> Double {
        let jolt = jolts[channel]
        let swing =
            jolt.amplitude == 0
            ? 0 : jolt.amplitude * ExactMath.sin(2 * ExactMath.pi * jolt.phase)
        return hum[channel] + baseline[channel] + swing
    }
}
