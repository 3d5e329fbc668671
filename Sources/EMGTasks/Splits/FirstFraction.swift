package import Documents
package import EMGSignal

/// Support is the first part of the recording; query is the rest. Labels are not looked at.
package struct FirstFraction: SplitRule {
    /// How much of the recording, above 0 and below 1.
    package var fraction: Double

    /// Creates a rule.
    package init(fraction: Double) {
        self.fraction = fraction
    }

    /// A rule whose measure is still to be set.
    package init() {
        self.init(fraction: 0.5)
    }

    /// The name in documents.
    package static let key = "fraction"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Support is the first part of the recording."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "fraction", \.fraction, .number(in: 1e-4...0.9999),
            "How much of the recording, above 0 and below 1.", isRequired: true)
    ]

    /// It divides by time alone.
    package var needsLabels: Bool { false }

    /// From the start for that part.
    package func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        let count = Int((Double(recording.sampleCount) * fraction).rounded())
        return [SampleRange(start: 0, end: min(recording.sampleCount, count))]
    }

    /// One half.
    package func proposals(for recordings: [LearnedLabels]) -> [FirstFraction] {
        [FirstFraction(fraction: 0.5)]
    }
}

extension SplitRule where Self == FirstFraction {
    /// Support is the first part of the recording, above 0 and below 1.
    package static func fraction(_ fraction: Double) -> FirstFraction {
        FirstFraction(fraction: fraction)
    }
}
