internal import SeededRandom

/// Muscles that follow a person's will, seen by electrodes, step by step.
struct ForearmMotion: Sendable {
    /// What the electrodes see now, about 1 under full effort.
    private(set) var electrodes: [Double]

    private let forearm: Forearm
    private let rest: [Double]
    private var noise: [MuscleNoise]
    private var drives: [Smoothing]

    init(plan: LaboratoryPlan, person: Person, rate: Double, stream: String) {
        let forearm = Forearm(person, channelCount: plan.channelCount)
        self.forearm = forearm
        rest = forearm.activation(.relax)
        electrodes = Array(repeating: 0, count: plan.channelCount)
        noise = Forearm.muscles.indices.map {
            MuscleNoise(
                generator: SeededGenerator(seed: plan.seed, stream: "\(stream) muscle \($0)"),
                rate: rate)
        }
        // Ramps that take about a twelfth of the shortest phase, longer in stroke patients.
        let cutoff = 0.55 / (0.08 * plan.phaseSeconds.lowerBound * person.slowness)
        drives = rest.map { Smoothing(cutoff: cutoff, rate: rate, stages: 2, level: $0) }
    }

    /// How active each muscle is in a movement at full effort.
    func activation(_ movement: Movement) -> [Double] { forearm.activation(movement) }

    /// Goes on by one step.
    ///
    /// - Parameters:
    ///   - goal: How active each muscle is to become.
    ///   - effort: How strong this effort is, about 1.
    mutating func advance(toward goal: [Double], effort: Double) {
        for channel in electrodes.indices { electrodes[channel] = 0 }
        for muscle in drives.indices {
            let target = rest[muscle] + effort * (goal[muscle] - rest[muscle])
            let source = drives[muscle].next(target) * noise[muscle].next()
            for channel in electrodes.indices {
                electrodes[channel] += forearm.mixing[channel][muscle] * source
            }
        }
    }
}
