internal import SeededRandom

/// What a device that reports the EMG itself makes of what its electrodes see.
struct RawAmplifier: Sendable {
    private let style: LaboratoryPlan.Style
    private var generator: SeededGenerator
    private var disturbances: Disturbances

    init(plan: LaboratoryPlan, person: Person, stream: String) {
        style = plan.style
        generator = SeededGenerator(seed: plan.seed, stream: "\(stream) device")
        disturbances = Disturbances(plan: plan, person: person, stream: stream)
    }

    /// Steps of the muscles for each row: an armband samples a wider band than its rate can hold; an
    /// amplifier filters first.
    static func stepsPerRow(of plan: LaboratoryPlan) -> Int {
        plan.style == .myo ? max(1, Int((1_000 / plan.samplingRateHertz).rounded())) : 1
    }

    /// Pulls at some electrodes, as a movement does.
    mutating func shake() { disturbances.shake(using: &generator) }

    /// The next row, in counts or microvolts.
    mutating func row(of electrodes: [Double]) -> [Int32] {
        if style == .bipolar { disturbances.advance() }
        return electrodes.indices.map { channel in
            let signal = electrodes[channel]
            switch style {
            case .bipolar:
                let value =
                    260 * signal + disturbances.value(channel) + 3.5 * generator.nearlyNormal()
                return Int32(max(-8_192, min(8_191, value.rounded())))
            case .myo, .roam:
                let value = 38 * signal + 0.9 * generator.nearlyNormal()
                return Int32(abs(max(-128, min(127, value.rounded()))))
            }
        }
    }
}
