package import Documents
package import EMGSignal

/// Support is that many windows of each class of the recording: the first ones that share no sample.
/// Query is what follows the last of them.
package struct FirstShots: SplitRule {
    /// How many windows of each class, at least 1.
    package var shots: Int

    /// Creates a rule.
    package init(shots: Int) {
        self.shots = shots
    }

    /// A rule whose measure is still to be set.
    package init() {
        self.init(shots: 1)
    }

    /// The name in documents.
    package static let key = "shots"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Support is so many windows of each class that share no sample."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "shots", \.shots, .integer(in: 1...1_000_000),
            "How many windows of each class, at least 1.", isRequired: true)
    ]

    /// It counts windows of each class.
    package var needsLabels: Bool { true }

    /// The windows.
    package func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        try windows(of: recording).starts.map {
            SampleRange(start: $0, end: $0 + recording.layout.length)
        }
    }

    /// The windows alone, and what follows the last of them and the guard.
    package func parts(of recording: SplitInput) throws(TaskError) -> SplitParts {
        guard let labels = recording.labels else { return recording.parts(support: []) }
        let chosen = try windows(of: recording)
        let length = recording.layout.length
        let free = chosen.starts.last.map { $0 + length } ?? 0
        let rest = SampleRange(
            start: min(free + recording.guardSamples, labels.values.count),
            end: labels.values.count)
        let query = recording.usable.intersection([rest])
        return SplitParts(
            support: chosen.starts.map { SampleRange(start: $0, end: $0 + length) },
            supportWindows: chosen, query: query,
            queryWindows: recording.layout.windows(in: query, labels: labels.values))
    }

    /// Five shots.
    package func proposals(for recordings: [LearnedLabels]) -> [FirstShots] {
        [FirstShots(shots: 5)]
    }

    /// The first windows of each class that share no sample.
    private func windows(of recording: SplitInput) throws(TaskError) -> LabeledWindows {
        var chosen = LabeledWindows(starts: [], labels: [])
        guard let labels = recording.labels else { return chosen }
        var found: [UInt8: Int] = [:]
        var free = 0
        let candidates = recording.layout.windows(in: recording.usable, labels: labels.values)
        for (start, label) in zip(candidates.starts, candidates.labels) {
            guard start >= free, found[label, default: 0] < shots else { continue }
            found[label, default: 0] += 1
            chosen.starts.append(start)
            chosen.labels.append(label)
            free = start + recording.layout.length
        }
        for label in recording.learned.sorted() where found[label, default: 0] < shots {
            throw TaskError(
                .tooFew(
                    what: "windows of \"\(labels.classNames[Int(label)])\"", expected: shots,
                    found: found[label, default: 0]),
                subject: recording.subject, hint: "ask for fewer shots or shorten the window")
        }
        return chosen
    }
}

extension SplitRule where Self == FirstShots {
    /// Support is that many windows of each class, at least 1.
    package static func shots(_ count: Int) -> FirstShots { FirstShots(shots: count) }
}
