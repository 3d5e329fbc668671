public import Documents
public import EMGSignal

/// Support is the first part of the recording; query is the rest. Labels are not looked at.
public struct FirstFraction: SplitRule {
    /// How much of the recording, above 0 and below 1.
    public var fraction: Double

    /// Creates a rule.
    public init(fraction: Double) {
        self.fraction = fraction
    }

    /// A rule whose measure is still to be set.
    public init() {
        self.init(fraction: 0.5)
    }

    /// The name in documents.
    public static let key = "fraction"
    /// What it is.
    public static let documentation = "Support is the first part of the recording."
    /// The members.
    public static let fields: Fields<Self> = [
        Field(
            "fraction", \.fraction, .number(in: 1e-4...0.9999),
            "How much of the recording, above 0 and below 1.", isRequired: true)
    ]

    /// It divides by time alone.
    public var needsLabels: Bool { false }

    /// From the start for that part.
    public func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        let count = Int((Double(recording.sampleCount) * fraction).rounded())
        return [SampleRange(start: 0, end: min(recording.sampleCount, count))]
    }

    /// One half.
    public func proposals(for recordings: [LearnedLabels]) -> [FirstFraction] {
        [FirstFraction(fraction: 0.5)]
    }
}

extension SplitRule where Self == FirstFraction {
    /// Support is the first part of the recording, above 0 and below 1.
    public static func fraction(_ fraction: Double) -> FirstFraction {
        FirstFraction(fraction: fraction)
    }
}
