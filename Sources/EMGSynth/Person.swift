internal import SeededRandom

/// Who wears the electrodes: what makes one person's signal differ from another's, and one
/// visit's from the next.
struct Person: Sendable {
    /// Whether the person had a stroke.
    let isStrokePatient: Bool
    /// How far the band is turned, in turns.
    let rotation: Double
    /// What each electrode makes of the signal.
    let gains: [Double]
    /// The level of each electrode at rest, in counts of an envelope device.
    let restLevels: [Double]
    /// How strongly muscles that oppose the movement work along, 0 to 1.
    let coContraction: Double
    /// The strength of opening; closing has 1.
    let openingStrength: Double
    /// What muscles do when they should rest.
    let restingTone: Double
    /// How much longer everything takes than in a young healthy person, at least 1.
    let slowness: Double
    /// The amplitude of the mains hum, in microvolts.
    let hum: Double
    /// What the condition adds to each muscle's tone.
    let posture: [Double]
    /// What the condition makes of the whole effort.
    let conditionGain: Double

    init(plan: LaboratoryPlan, recording: PlannedRecording) {
        let patientStream = "patient \(recording.patient)"
        let sessionStream = "\(patientStream) session \(recording.session)"
        let conditionStream = "\(sessionStream) condition \(recording.condition)"
        var patient = SeededGenerator(seed: plan.seed, stream: patientStream)
        var session = SeededGenerator(seed: plan.seed, stream: sessionStream)
        var condition = SeededGenerator(seed: plan.seed, stream: conditionStream)
        // What a condition does is much alike in all people.
        var procedure = SeededGenerator(
            seed: plan.seed, stream: "condition \(recording.condition)")

        isStrokePatient = !recording.patient.isMultiple(of: 2)
        rotation =
            patient.uniform(in: -0.19..<0.19) + session.uniform(in: -0.03..<0.03)
            + condition.uniform(in: -0.012..<0.012)
        let level = ExactMath.exp(patient.uniform(in: -0.35..<0.35))
        let channels = 0..<plan.channelCount
        let own = channels.map { _ in patient.uniform(in: -0.4..<0.4) }
        let contact = channels.map { _ in session.uniform(in: -0.12..<0.12) }
        gains = channels.map { level * ExactMath.exp(own[$0] + contact[$0]) }
        restLevels = channels.map { _ in session.uniform(in: 16..<62) }
        coContraction =
            isStrokePatient ? patient.uniform(in: 0.25..<0.5) : patient.uniform(in: 0.04..<0.14)
        openingStrength =
            isStrokePatient ? patient.uniform(in: 0.4..<0.75) : patient.uniform(in: 0.85..<1.1)
        restingTone =
            isStrokePatient ? patient.uniform(in: 0.08..<0.16) : patient.uniform(in: 0.03..<0.07)
        slowness = isStrokePatient ? patient.uniform(in: 1.3..<1.8) : patient.uniform(in: 1..<1.2)
        hum = session.uniform(in: 30..<70)
        let isBaseline = recording.condition == 0
        posture = Forearm.muscles.indices.map { _ in
            let common = procedure.uniform(in: 0..<0.14)
            let personal = condition.uniform(in: 0..<0.04)
            return isBaseline ? personal : common + personal
        }
        conditionGain = isBaseline ? 1 : procedure.uniform(in: 0.75..<1.15)
    }
}
