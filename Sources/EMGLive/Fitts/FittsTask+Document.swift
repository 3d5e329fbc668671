internal import Decoding
package import Documents

extension FittsTask {
    /// How many of the last trials the page shows.
    private static let shownTrials = 50

    /// What the page shows of the task: the member `control` of the page's state.
    package var document: DocumentValue {
        .object([
            "phase": .string(phase.rawValue), "dimensions": .integer(settings.dimensions),
            "classes": .object(
                settings.classes.map { .init(key: $0.direction.rawValue, value: .string($0.name)) }
            ),
            "neutral": .string(neutral), "cursor": cursor.document,
            "target": target?.document ?? .null,
            "trial": .integer(trialNumber), "trials": .integer(trialCount),
            "elapsed_seconds": .number(elapsed),
            "phase_seconds": .number(
                phase == .rest ? settings.restSeconds : settings.timeLimitSeconds),
            "inside": .boolean(isInside), "dwell": .number(dwellProgress),
            "decision": lastOutput.map { document(of: $0) } ?? .null,
            "results": .array(trials.suffix(Self.shownTrials).map(\.document)),
            "summary": summary.document,
        ])
    }

    private func document(of output: ControlOutput) -> DocumentValue {
        let name = output.label.flatMap { classes.indices.contains($0) ? classes[$0] : nil }
        return .object([
            "class": .string(name ?? neutral), "velocity": .number(output.velocity),
            "state": .string(output.state.rawValue),
            "direction": direction(of: output).map { .string($0.rawValue) } ?? .null,
        ])
    }
}
