private import Decoding
package import EMGSignal
private import SeededRandom

/// One movement of a session: which class, in which cycle, for how many samples.
package struct SessionStep: Sendable, Hashable {
    /// Which of the protocol's classes.
    package let classIndex: Int
    /// Which cycle, from 1.
    package let cycle: Int
    /// Which repetition of the class in the session, from 1.
    package let repetition: Int
    /// Whether the cycle ends with it.
    package let endsCycle: Bool
    /// For how many samples it is held.
    package let holdSamples: Int
    /// How many of these, from the prompt on, get no label; less than ``holdSamples``.
    package let reactionSamples: Int
}

extension SessionProtocol {
    /// The class that means "do nothing"; `nil` when none is called so.
    package var restClass: String? {
        let names = classes.map(\.name)
        return NeutralClass.usual(among: names).map { names[$0] }
    }

    /// The classes of one cycle in order, as given or made.
    package var cycleNames: [String] {
        guard cycle.isEmpty else { return cycle }
        guard let rest = restClass, classes.count > 1 else { return classes.map(\.name) }
        return [rest] + classes.map(\.name).filter { $0 != rest }.flatMap { [$0, rest] }
    }

    /// The classes of a cycle in the order in which they are asked for.
    ///
    /// - Parameter number: Which cycle, from 1.
    /// - Returns: The names.
    func cycleNames(_ number: Int) -> [String] {
        let given = cycleNames
        guard order == .shuffled else { return given }
        let rest = restClass
        var generator = SeededGenerator(seed: seed, stream: "session.cycle.\(number)")
        var movements = generator.shuffled(given.filter { $0 != rest })[...]
        return given.map { $0 == rest ? $0 : movements.popFirst() ?? $0 }
    }

    /// Everything that is asked for, in order.
    ///
    /// - Parameter rate: Samples a second.
    /// - Returns: At least one step.
    package func steps(at rate: SamplingRate) -> [SessionStep] {
        var counts: [Int: Int] = [:]
        var steps: [SessionStep] = []
        for number in 1...cycles {
            let names = cycleNames(number)
            for (place, name) in names.enumerated() {
                guard let index = classes.firstIndex(where: { $0.name == name }) else { continue }
                counts[index, default: 0] += 1
                let hold = max(1, rate.samples(inSeconds: holdSeconds(of: classes[index])))
                steps.append(
                    SessionStep(
                        classIndex: index, cycle: number, repetition: counts[index] ?? 1,
                        endsCycle: place == names.count - 1, holdSamples: hold,
                        reactionSamples: min(
                            hold - 1, rate.samples(inSeconds: reactionSeconds))))
            }
        }
        return steps
    }

    /// What is asked for, in a sentence for whoever begins a session.
    ///
    /// - Parameter rate: Samples a second.
    /// - Returns: The sentence.
    package func summary(at rate: SamplingRate) -> String {
        let seconds = Int(totalSeconds(at: rate).rounded())
        let time = seconds < 120 ? "\(seconds) s" : "\((seconds + 30) / 60) min"
        return "\(name): \(cycleNames.joined(separator: ", ")); "
            + "\(cycles) \(cycles == 1 ? "cycle" : "cycles"), about \(time)."
    }

    /// How long the whole session takes without pauses, in seconds.
    package func totalSeconds(at rate: SamplingRate) -> Double {
        let holds = rate.seconds(ofSamples: steps(at: rate).reduce(0) { $0 + $1.holdSamples })
        return countdownSeconds + holds + Double(cycles - 1) * restSeconds
    }
}
