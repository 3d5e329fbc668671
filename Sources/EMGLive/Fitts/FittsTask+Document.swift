package import Documents

extension FittsTask {
    /// How many of the last trials the page shows.
    private static let shownTrials = 50

    /// What the page shows of the task.
    package var document: DocumentValue {
        .object([
            "phase": .string(phase.rawValue), "dimensions": .integer(settings.dimensions),
            "classes": .object(
                settings.classes.map { .init(key: $0.direction.rawValue, value: .string($0.name)) }
            ),
            "cursor": cursor.document, "target": target?.document ?? .null,
            "trial": .integer(trialNumber), "trials": .integer(trialCount),
            "elapsed_seconds": .number(elapsed),
            "phase_seconds": .number(
                phase == .rest ? settings.restSeconds : settings.timeLimitSeconds),
            "dwell_seconds": .number(settings.dwellSeconds),
            "inside": .boolean(isInside), "dwell": .number(dwellProgress),
            "results": .array(trials.suffix(Self.shownTrials).map(\.document)),
            "summary": summary.document,
        ])
    }
}
