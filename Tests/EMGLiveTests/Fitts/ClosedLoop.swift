import Decoding
import EMGLive
import SeededRandom

/// A user, a decoder and a task in a loop.
struct ClosedLoop {
    /// Decisions a second.
    var rate = 20.0
    /// How many decisions after an intention the decoder follows it.
    var lag = 0
    /// How often a decision is another class than the intended one.
    var errorRate = 0.0
    /// How often there is no whole window of good samples.
    var faultRate = 0.0
    /// The seed of the decoder's errors.
    var seed: UInt64 = 1
    var user = SimulatedUserSettings()

    static let classes = ["relax", "open", "close", "flexion", "extension"]

    static var oneDimension: FittsSettings { FittsSettings() }
    static var twoDimensions: FittsSettings {
        var settings = FittsSettings()
        (settings.up, settings.down) = ("extension", "flexion")
        settings.trials = 32
        return settings
    }

    /// Runs a task to its end.
    func run(_ settings: FittsSettings) throws -> FittsTask { try record(settings).task }

    /// Runs a task to its end, and keeps what was decided.
    func record(
        _ settings: FittsSettings
    ) throws -> (task: FittsTask, decisions: [ControlOutput]) {
        var task = try FittsTask(settings, classes: Self.classes)
        var user = SimulatedUser(user, decisionRate: rate)
        var generator = SeededGenerator(seed: seed, stream: "decoder")
        var pending = [String](repeating: "relax", count: lag)
        var decisions: [ControlOutput] = []
        while task.phase != .finished {
            pending.append(user.intend(task: task))
            var label = Self.classes.firstIndex(of: pending.removeFirst()) ?? 0
            if errorRate > 0, generator.uniform() < errorRate {
                label = generator.integer(below: Self.classes.count)
            }
            let isFault = faultRate > 0 && generator.uniform() < faultRate
            // Velocities with exact sums, so that a reference without tolerances agrees.
            let velocity = label == 0 ? 0 : Double(1 + generator.integer(below: 4)) / 4
            decisions.append(
                ControlOutput(
                    label: isFault ? nil : label, velocity: isFault ? 0 : velocity,
                    state: isFault ? .fault : .decided))
            task.step(decision: decisions[decisions.count - 1], seconds: 1 / rate)
        }
        return (task, decisions)
    }
}
