package import Documents
package import EMGSignal

/// Support lasts until every class of the recording was shown that often, each time as a whole run
/// of its label; query is the rest.
package struct FirstRepetitions: SplitRule {
    /// How often each class is shown, at least once.
    package var repetitions: Int

    /// Creates a rule.
    package init(repetitions: Int) {
        self.repetitions = repetitions
    }

    /// A rule whose measure is still to be set.
    package init() {
        self.init(repetitions: 1)
    }

    /// The name in documents.
    package static let key = "repetitions"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Support lasts until each class was shown so often."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "repetitions", \.repetitions, .integer(in: 1...100_000),
            "How often each class is shown, at least once.", isRequired: true)
    ]

    /// It counts runs of labels.
    package var needsLabels: Bool { true }

    /// From the start to the end of the last run that is needed.
    package func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        [SampleRange(start: 0, end: try end(in: recording))]
    }

    /// One repetition.
    package func proposals(for recordings: [LearnedLabels]) -> [FirstRepetitions] {
        [FirstRepetitions(repetitions: 1)]
    }

    private func end(in recording: SplitInput) throws(TaskError) -> Int {
        guard let labels = recording.labels else { return 0 }
        let runs = labels.runs
        let classes = recording.learned
        var seen: [UInt8: Int] = [:]
        var complete = 0
        for (index, run) in runs.enumerated() {
            seen[run.label, default: 0] += 1
            if seen[run.label] == repetitions, classes.contains(run.label) { complete += 1 }
            if complete == classes.count,
                runs[(index + 1)...].contains(where: { classes.contains($0.label) })
            {
                return run.range.end
            }
        }
        let rarest = classes.sorted().min { seen[$0, default: 0] < seen[$1, default: 0] }
        let name = rarest.map { labels.classNames[Int($0)] } ?? "any class"
        throw TaskError(
            .tooFew(
                what: "repetitions of \"\(name)\" with something behind them",
                expected: repetitions + 1, found: rarest.map { seen[$0, default: 0] } ?? 0),
            subject: recording.subject,
            hint: "ask for fewer repetitions or leave the recording out")
    }
}

extension SplitRule where Self == FirstRepetitions {
    /// Support lasts until every class was shown that often, at least once.
    package static func repetitions(_ count: Int) -> FirstRepetitions {
        FirstRepetitions(repetitions: count)
    }
}
