/// A person who follows cues, seen by electrodes, step by step.
struct Simulation: Sendable {
    /// Steps a second.
    let rate: Double
    /// The phase of the cues now.
    private(set) var phase = 0

    private let schedule: CueSchedule
    private var motion: ForearmMotion
    private let goals: [[Double]]
    private var phaseOfMuscles = 0
    private var step = 0

    init(
        plan: LaboratoryPlan, person: Person, schedule: CueSchedule, rate: Double,
        stream: String
    ) {
        self.rate = rate
        self.schedule = schedule
        let motion = ForearmMotion(plan: plan, person: person, rate: rate, stream: stream)
        self.motion = motion
        goals = Movement.ofLabels.map { motion.activation($0) }
    }

    /// What the electrodes see now, about 1 under full effort.
    var electrodes: [Double] { motion.electrodes }

    /// The class that the cue shows now.
    var label: UInt8 { schedule.phases[phase].label }

    /// The time in seconds since the start.
    var time: Double { Double(step) / rate }

    /// Goes on by one step.
    mutating func advance() {
        step += 1
        let now = time
        while phase + 1 < schedule.phases.count, now >= schedule.phases[phase].end { phase += 1 }
        while phaseOfMuscles < phase,
            now >= schedule.phases[phaseOfMuscles].end
                + schedule.phases[phaseOfMuscles + 1].reactionSeconds
        {
            phaseOfMuscles += 1
        }
        let cue = schedule.phases[phaseOfMuscles]
        motion.advance(toward: goals[Int(cue.label)], effort: cue.effort)
    }
}
