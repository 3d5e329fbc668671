internal import SeededRandom

/// A person of a synthetic laboratory who wears the electrodes now, and does what they are told, a
/// little later.
package struct LivePerson: Sendable {
    /// The class that the person is told to show; a name that is no movement known here stands for a
    /// movement of its own.
    package var intention: String {
        didSet {
            guard intention != oldValue else { return }
            reactionSteps = Int(rate * slowness * generator.uniform(in: 0.15..<0.3))
        }
    }
    /// Channels of a row.
    package let channelCount: Int
    /// The unit of the numbers.
    package let unit: String

    private let rate: Double
    private let stepsPerRow: Int
    private let slowness: Double
    private var motion: ForearmMotion
    /// Reads the EMG itself; `nil` for a device of envelopes.
    private var amplifier: RawAmplifier?
    /// Reads envelopes; `nil` for a device of the EMG itself.
    private var sensor: EnvelopeSensor?
    private var generator: SeededGenerator
    /// Steps until the muscles follow the intention.
    private var reactionSteps = 0
    private var movement: String
    private var goal: [Double]
    private var effort = 1.0

    /// Creates a person at rest.
    ///
    /// - Parameters:
    ///   - plan: The laboratory: its device, channels, rate and seed.
    ///   - patient: Which person of the laboratory, from 0; one beyond its people is somebody new.
    ///   - visit: Which visit, from 0.
    /// - Throws: ``SynthError`` for a plan that cannot be carried out.
    package init(
        plan: LaboratoryPlan, patient: Int, visit: Int = 0
    ) throws(SynthError) {
        try plan.validate()
        let person = Person(
            plan: plan,
            recording: PlannedRecording(patient: patient, session: visit, condition: 0))
        let stream = "live \(patient) \(visit)"
        channelCount = plan.channelCount
        unit = plan.style == .bipolar ? "uV" : "count"
        let isEnvelope = plan.style == .roam
        stepsPerRow =
            isEnvelope
            ? max(1, Int((1_000 / plan.samplingRateHertz).rounded()))
            : RawAmplifier.stepsPerRow(of: plan)
        rate = plan.samplingRateHertz * Double(stepsPerRow)
        slowness = person.slowness
        motion = ForearmMotion(plan: plan, person: person, rate: rate, stream: stream)
        amplifier =
            isEnvelope ? nil : RawAmplifier(plan: plan, person: person, stream: stream)
        sensor =
            isEnvelope
            ? EnvelopeSensor(plan: plan, person: person, rate: rate, stream: stream) : nil
        generator = SeededGenerator(seed: plan.seed, stream: "\(stream) will")
        intention = "relax"
        movement = "relax"
        goal = motion.activation(.relax)
    }

    /// The next row of the device, in ``unit``.
    package mutating func next() -> [Int32] {
        for _ in 0..<stepsPerRow {
            if movement != intention {
                if reactionSteps > 0 { reactionSteps -= 1 } else { begin() }
            }
            motion.advance(toward: goal, effort: effort)
            sensor?.take(motion.electrodes)
        }
        return amplifier?.row(of: motion.electrodes) ?? sensor?.row() ?? []
    }

    private mutating func begin() {
        movement = intention
        goal = motion.activation(Movement(named: movement))
        effort = generator.uniform(in: 0.85..<1.15)
        amplifier?.shake()
    }
}
