internal import SeededRandom

/// What a device that reports smoothed rectified EMG makes of what its electrodes see.
struct EnvelopeSensor: Sendable {
    private let restLevels: [Double]
    private let hum: Double
    private var envelopes: [Smoothing]
    private var drift: [Smoothing]
    private var generator: SeededGenerator
    private var humPhase = 0.0

    init(plan: LaboratoryPlan, person: Person, rate: Double, stream: String) {
        restLevels = person.restLevels
        hum = person.hum
        envelopes = person.gains.map { _ in Smoothing(cutoff: 5, rate: rate, stages: 2) }
        drift = person.gains.map { _ in Smoothing(cutoff: 0.05, rate: 50, stages: 1) }
        generator = SeededGenerator(seed: plan.seed, stream: "\(stream) device")
    }

    /// Takes what the electrodes see in a step of the muscles.
    mutating func take(_ electrodes: [Double]) {
        for channel in envelopes.indices { _ = envelopes[channel].next(abs(electrodes[channel])) }
    }

    /// The next row in counts.
    mutating func row() -> [Int32] {
        humPhase += 0.31
        if humPhase >= 1 { humPhase -= 1 }
        // Hum that aliases into an envelope is a small slow beat.
        let beat = 0.03 * hum * ExactMath.sin(2 * ExactMath.pi * humPhase)
        return envelopes.indices.map { channel in
            let level = envelopes[channel].value
            let wander = 40 * drift[channel].next(generator.nearlyNormal())
            let value =
                restLevels[channel] + 420 * level + wander + beat + 1.5 * generator.nearlyNormal()
            return Int32(max(0, min(1_000, value.rounded())))
        }
    }

    /// A number from the device's own stream.
    mutating func nearlyNormal() -> Double { generator.nearlyNormal() }
}
