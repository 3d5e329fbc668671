internal import SeededRandom

/// A device that reports smoothed rectified EMG in whole numbers, logged by a loop of its own.
struct EnvelopeDevice: Sendable {
    /// How many samples a second the device sends when its rows are held.
    static let heldSamplesPerSecond = 49.1

    static func record(
        plan: LaboratoryPlan, person: Person, schedule: CueSchedule, stream: String
    ) -> SyntheticRecording {
        let simulationRate = 1_000.0
        var simulation = Simulation(
            plan: plan, person: person, schedule: schedule, rate: simulationRate, stream: stream)
        var envelopes = person.gains.map { _ in
            Smoothing(cutoff: 5, rate: simulationRate, stages: 2)
        }
        var generator = SeededGenerator(seed: plan.seed, stream: "\(stream) device")
        var clock = SeededGenerator(seed: plan.seed, stream: "\(stream) clock")
        var drift = person.gains.map { _ in Smoothing(cutoff: 0.05, rate: 50, stages: 1) }
        let start = 2_030_000_000 + clock.integer(below: 1_500_000)
        let dropOut = DropOut(plan: plan, duration: schedule.duration, stream: stream)
        var recording = SyntheticRecording(channelCount: plan.channelCount)
        var current = [Int32](repeating: 0, count: plan.channelCount)
        var nextUpdate = 0.0
        var row = 0
        var humPhase = 0.0
        while simulation.time < schedule.duration {
            if simulation.time >= nextUpdate {
                if !dropOut.isActive(at: simulation.time) {
                    humPhase += 0.31
                    if humPhase >= 1 { humPhase -= 1 }
                    // Hum that aliases into an envelope is a small slow beat.
                    let beat = 0.03 * person.hum * ExactMath.sin(2 * ExactMath.pi * humPhase)
                    for channel in current.indices {
                        let level = envelopes[channel].value
                        let wander = 40 * drift[channel].next(generator.nearlyNormal())
                        let value =
                            person.restLevels[channel] + 420 * level + wander + beat
                            + 1.5 * generator.nearlyNormal()
                        current[channel] = Int32(max(0, min(1_000, value.rounded())))
                    }
                }
                let interval =
                    plan.holdsSamples
                    ? (1 + 0.2 * generator.nearlyNormal()) / heldSamplesPerSecond
                    : 1 / plan.samplingRateHertz
                nextUpdate += max(0.2 / plan.samplingRateHertz, interval)
            }
            while Double(row) / plan.samplingRateHertz <= simulation.time {
                let even = Double(row) / plan.samplingRateHertz
                let scatter = 0.011 * clock.nearlyNormal() / plan.samplingRateHertz
                let nanoseconds = start + Int(((even + scatter) * 1e9).rounded())
                recording.append(
                    label: simulation.label, nanoseconds: nanoseconds, samples: current)
                row += 1
            }
            simulation.advance()
            for channel in envelopes.indices {
                _ = envelopes[channel].next(abs(simulation.electrodes[channel]))
            }
        }
        return recording
    }
}
