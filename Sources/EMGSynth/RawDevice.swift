internal import SeededRandom

/// Devices that report the EMG itself: a Myo armband's rectified bytes, or a bipolar amplifier's
/// microvolts.
struct RawDevice: Sendable {
    static func record(
        plan: LaboratoryPlan, person: Person, schedule: CueSchedule, stream: String
    ) -> SyntheticRecording {
        // An armband samples a wider band than its rate can hold; an amplifier filters first.
        let stepsPerRow =
            plan.style == .myo ? max(1, Int((1_000 / plan.samplingRateHertz).rounded())) : 1
        var simulation = Simulation(
            plan: plan, person: person, schedule: schedule,
            rate: plan.samplingRateHertz * Double(stepsPerRow), stream: stream)
        var generator = SeededGenerator(seed: plan.seed, stream: "\(stream) device")
        var disturbances = Disturbances(plan: plan, person: person, stream: stream)
        let dropOut = DropOut(plan: plan, duration: schedule.duration, stream: stream)
        var recording = SyntheticRecording(channelCount: plan.channelCount)
        var row = [Int32](repeating: 0, count: plan.channelCount)
        var phase = 0
        var index = 0
        while simulation.time < schedule.duration {
            for _ in 0..<stepsPerRow { simulation.advance() }
            if simulation.phase != phase {
                phase = simulation.phase
                disturbances.shake(using: &generator)
            }
            if plan.style == .bipolar { disturbances.advance() }
            for channel in row.indices {
                let signal = simulation.electrodes[channel]
                let value: Double
                switch plan.style {
                case .bipolar:
                    value =
                        260 * signal + disturbances.value(channel)
                        + 3.5 * generator.nearlyNormal()
                    row[channel] = Int32(max(-8_192, min(8_191, value.rounded())))
                case .myo, .roam:
                    value = 38 * signal + 0.9 * generator.nearlyNormal()
                    row[channel] = Int32(abs(max(-128, min(127, value.rounded()))))
                }
            }
            if dropOut.isActive(at: simulation.time) {
                row[dropOut.channel % plan.channelCount] = 0
            }
            let nanoseconds = (Double(index) / plan.samplingRateHertz * 1e9).rounded()
            recording.append(
                label: simulation.label, nanoseconds: 2_030_000_000 + Int(nanoseconds),
                samples: row)
            index += 1
        }
        return recording
    }
}
