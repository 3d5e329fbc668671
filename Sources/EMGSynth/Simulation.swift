internal import SeededRandom

/// Muscles that follow cues, seen by electrodes, step by step.
struct Simulation: Sendable {
    /// Steps a second.
    let rate: Double
    /// What the electrodes see now, about 1 under full effort.
    private(set) var electrodes: [Double]
    /// The phase of the cues now.
    private(set) var phase = 0

    private let schedule: CueSchedule
    private let forearm: Forearm
    private var noise: [MuscleNoise]
    private var drives: [Smoothing]
    private var phaseOfMuscles = 0
    private var step = 0

    init(
        plan: LaboratoryPlan, person: Person, schedule: CueSchedule, rate: Double,
        stream: String
    ) {
        self.rate = rate
        self.schedule = schedule
        let forearm = Forearm(person, channelCount: plan.channelCount)
        self.forearm = forearm
        electrodes = Array(repeating: 0, count: plan.channelCount)
        noise = Forearm.muscles.indices.map {
            MuscleNoise(
                generator: SeededGenerator(seed: plan.seed, stream: "\(stream) muscle \($0)"),
                rate: rate)
        }
        // Ramps that take about a twelfth of the shortest phase, longer in stroke patients.
        let cutoff = 0.55 / (0.08 * plan.phaseSeconds.lowerBound * person.slowness)
        drives = forearm.activation[0].map {
            Smoothing(cutoff: cutoff, rate: rate, stages: 2, level: $0)
        }
    }

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
        let rest = forearm.activation[0]
        let goal = forearm.activation[Int(cue.label)]
        for channel in electrodes.indices { electrodes[channel] = 0 }
        for muscle in drives.indices {
            let target = rest[muscle] + cue.effort * (goal[muscle] - rest[muscle])
            let source = drives[muscle].next(target) * noise[muscle].next()
            for channel in electrodes.indices {
                electrodes[channel] += forearm.mixing[channel][muscle] * source
            }
        }
    }
}
