import MyoTask

/// Support is the end of a recording: a session ends with a calibration.
struct LastSeconds: SplitRule {
    /// How many seconds the calibration takes.
    var lastSeconds = 1.0

    static let key = "last_seconds"
    static let documentation = "Support is the last seconds of the recording."
    static let fields: Fields<Self> = [
        Field(
            "last_seconds", \.lastSeconds, .positive("a time above 0 s"), "How many seconds.",
            isRequired: true)
    ]

    var needsLabels: Bool { false }

    func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        let count = recording.samplingRate.samples(inSeconds: lastSeconds)
        guard count < recording.sampleCount else {
            throw TaskError(
                .tooFew(what: "samples", expected: count + 1, found: recording.sampleCount),
                subject: recording.subject, hint: "ask for fewer \"split.last_seconds\"")
        }
        return [SampleRange(start: recording.sampleCount - count, end: recording.sampleCount)]
    }
}
