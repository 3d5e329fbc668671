internal import SeededRandom

/// The cues that a recorded person followed: relax, open, relax, close, and again, then a last
/// relax.
struct CueSchedule: Sendable, Hashable {
    /// One phase.
    struct Phase: Sendable, Hashable {
        /// The class: 0 relax, 1 open, 2 close.
        let label: UInt8
        /// When it ends, in seconds from the start of the recording.
        let end: Double
        /// How long after the cue the muscles follow, in seconds.
        let reactionSeconds: Double
        /// How strong this effort is, about 1.
        let effort: Double
    }

    /// The phases in order.
    let phases: [Phase]

    /// The length of the recording in seconds.
    var duration: Double { phases.last?.end ?? 0 }

    init(plan: LaboratoryPlan, person: Person, stream: String) {
        var generator = SeededGenerator(seed: plan.seed, stream: "\(stream) cues")
        var phases: [Phase] = []
        var end = 0.0
        let range = plan.phaseSeconds
        for index in 0...(4 * plan.cyclesPerRecording) {
            let length =
                range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
            end += length
            // Nobody follows a cue at once; short phases are those of a quicker person.
            let reaction = length * (0.03 + 0.05 * generator.uniform()) * person.slowness
            phases.append(
                Phase(
                    label: [0, 1, 0, 2][index % 4], end: end, reactionSeconds: reaction,
                    effort: 0.85 + 0.3 * generator.uniform()))
        }
        self.phases = phases
    }

    /// When the muscles really work: what an onset detection should find.
    var movements: [SyntheticMovement] {
        phases.indices.dropFirst().filter { phases[$0].label != 0 }.map { index in
            let phase = phases[index]
            let end =
                index + 1 < phases.count
                ? min(phase.end + phases[index + 1].reactionSeconds, duration) : phase.end
            return SyntheticMovement(
                label: phase.label, start: phases[index - 1].end + phase.reactionSeconds, end: end)
        }
    }
}
