/// Devices that report the EMG itself: a Myo armband's rectified bytes, or a bipolar amplifier's
/// microvolts.
struct RawDevice: Sendable {
    static func record(
        plan: LaboratoryPlan, person: Person, schedule: CueSchedule, stream: String
    ) -> SyntheticRecording {
        let stepsPerRow = RawAmplifier.stepsPerRow(of: plan)
        var simulation = Simulation(
            plan: plan, person: person, schedule: schedule,
            rate: plan.samplingRateHertz * Double(stepsPerRow), stream: stream)
        var amplifier = RawAmplifier(plan: plan, person: person, stream: stream)
        let dropOut = DropOut(plan: plan, duration: schedule.duration, stream: stream)
        var recording = SyntheticRecording(channelCount: plan.channelCount)
        var phase = 0
        var index = 0
        while simulation.time < schedule.duration {
            for _ in 0..<stepsPerRow { simulation.advance() }
            if simulation.phase != phase {
                phase = simulation.phase
                amplifier.shake()
            }
            var row = amplifier.row(of: simulation.electrodes)
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
