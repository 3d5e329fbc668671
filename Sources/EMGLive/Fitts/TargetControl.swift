package import Decoding
package import Documents

/// The part of the live page in which a decoder controls something: what is decided now, and the
/// target task that is going on, if one is.
package struct TargetControl: Sendable {
    /// The names of the decoder's classes.
    package let classes: [String]
    /// The class that means "do nothing"; `nil` when none is called so.
    package let neutral: String?
    /// The task that is going on, or the last one; `nil` before the first.
    package private(set) var task: FittsTask?

    private var lastOutput: ControlOutput?

    /// Creates control without a task.
    ///
    /// - Parameters:
    ///   - classes: The names of the decoder's classes.
    ///   - neutral: The class that means "do nothing"; when left out, the usual one among the
    ///     classes: rest, relax, neutral or no_motion.
    package init(classes: [String], neutral: String? = nil) {
        self.classes = classes
        self.neutral = neutral ?? NeutralClass.usual(among: classes).map { classes[$0] }
    }

    /// Begins a task. One that is going on is given up.
    ///
    /// - Parameter settings: What it consists of.
    /// - Throws: ``DecodingError`` for a class that the decoder does not have.
    package mutating func start(_ settings: FittsSettings) throws(DecodingError) {
        task = try FittsTask(settings, classes: classes, neutral: neutral)
    }

    /// Ends the task before its last trial.
    package mutating func stop() { task?.stop() }

    /// Goes on by a decision.
    ///
    /// - Parameters:
    ///   - decision: What the control layer put out.
    ///   - seconds: For how long it stands: the time from one decision to the next, above 0.
    /// - Returns: The trial that ended by it, if one did.
    @discardableResult
    package mutating func step(decision: ControlOutput, seconds: Double) -> FittsTrial? {
        lastOutput = decision
        return task?.step(decision: decision, seconds: seconds)
    }

    /// What the page shows: the member `control` of its state.
    package var document: DocumentValue {
        .object([
            "classes": .strings(classes), "neutral": .string(neutral ?? FittsTask.noClass),
            "decision": lastOutput.map { document(of: $0) } ?? .null,
            "proposals": .array(
                FittsSettings.proposals(classes: classes, neutral: neutral).map(\.document)),
            "task": task?.document ?? .null,
        ])
    }

    private func document(of output: ControlOutput) -> DocumentValue {
        let name = output.label.flatMap { classes.indices.contains($0) ? classes[$0] : nil }
        return .object([
            "class": .string(name ?? neutral ?? FittsTask.noClass),
            "velocity": .number(output.velocity), "state": .string(output.state.rawValue),
            "direction": task?.direction(of: output).map { .string($0.rawValue) } ?? .null,
        ])
    }
}
