package import Documents
package import EMGSignal

/// Support is the first seconds of the recording; query is the rest. Labels are not looked at.
package struct FirstSeconds: SplitRule {
    /// How many seconds, above 0.
    package var seconds: Double

    /// Creates a rule.
    package init(seconds: Double) {
        self.seconds = seconds
    }

    /// A rule whose measure is still to be set.
    package init() {
        self.init(seconds: 1)
    }

    /// The name in documents.
    package static let key = "seconds"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Support is the first seconds of the recording."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "seconds", \.seconds, .number(in: 1e-3...1e7), "How many seconds, above 0.",
            isRequired: true)
    ]

    /// It divides by time alone.
    package var needsLabels: Bool { false }

    /// From the start for that long.
    package func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        let count = recording.samplingRate.samples(inSeconds: seconds)
        return [SampleRange(start: 0, end: min(recording.sampleCount, count))]
    }
}

extension SplitRule where Self == FirstSeconds {
    /// Support is the first seconds of the recording, above 0.
    package static func seconds(_ seconds: Double) -> FirstSeconds {
        FirstSeconds(seconds: seconds)
    }
}
