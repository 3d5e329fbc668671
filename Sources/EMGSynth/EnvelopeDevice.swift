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
        var sensor = EnvelopeSensor(
            plan: plan, person: person, rate: simulationRate, stream: stream)
        var clock = SeededGenerator(seed: plan.seed, stream: "\(stream) clock")
        let start = 2_030_000_000 + clock.integer(below: 1_500_000)
        let dropOut = DropOut(plan: plan, duration: schedule.duration, stream: stream)
        var recording = SyntheticRecording(channelCount: plan.channelCount)
        var current = [Int32](repeating: 0, count: plan.channelCount)
        var nextUpdate = 0.0
        var row = 0
        while simulation.time < schedule.duration {
            if simulation.time >= nextUpdate {
                if !dropOut.isActive(at: simulation.time) {
                    current = sensor.row()
                }
                let interval =
                    plan.holdsSamples
                    ? (1 + 0.2 * sensor.nearlyNormal()) / heldSamplesPerSecond
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
            sensor.take(simulation.electrodes)
        }
        return recording
    }
}
