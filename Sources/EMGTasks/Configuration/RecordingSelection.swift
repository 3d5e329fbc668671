public import Documents
package import EMGSignal

/// Which recordings of an archive a collection is made of.
///
/// Each list holds names or patterns, where `*` stands for any text and `?` for one character; a
/// recording is taken when it fits one of each list that is given.
public struct RecordingSelection: Described, Hashable {
    /// Patterns for the patient; empty for any.
    public var patients: [String]
    /// Patterns for the session; empty for any.
    public var sessions: [String]
    /// Patterns for the condition; empty for any.
    public var conditions: [String]
    /// The declared sampling rate in hertz; `nil` for any.
    public var samplingRate: Double?

    /// Creates a selection.
    ///
    /// - Parameters:
    ///   - patients: Patterns for the patient; empty for any.
    ///   - sessions: Patterns for the session; empty for any.
    ///   - conditions: Patterns for the condition; empty for any.
    ///   - samplingRate: The declared rate in hertz; `nil` for any.
    public init(
        patients: [String] = [], sessions: [String] = [], conditions: [String] = [],
        samplingRate: Double? = nil
    ) {
        self.patients = patients
        self.sessions = sessions
        self.conditions = conditions
        self.samplingRate = samplingRate
    }

    /// Takes every recording.
    public init() {
        self.init(patients: [])
    }

    /// The members.
    public static let fields: Fields<Self> = [
        .names("patients", \.patients, "Patterns for the patient; any when left out."),
        .names("sessions", \.sessions, "Patterns for the session; any when left out."),
        .names("conditions", \.conditions, "Patterns for the condition; any when left out."),
        Field(
            optional: "sampling_rate_hz", \.samplingRate,
            .number(in: 1e-3...SamplingRate.highestPlausibleHertz),
            "Only recordings of this declared rate in Hz (within 0.1 %).", absence: .leftOut),
    ]

    /// Whether a recording is taken.
    ///
    /// - Parameters:
    ///   - identity: The recording's identity.
    ///   - rate: Its declared rate.
    /// - Returns: Whether it fits every list that is given.
    package func takes(_ identity: RecordingIdentity, rate: SamplingRate) -> Bool {
        let lists = [
            (patients, identity.patient), (sessions, identity.session),
            (conditions, identity.condition),
        ]
        let fits = lists.allSatisfy { patterns, name in
            patterns.isEmpty || patterns.contains { NamePattern.matches(name, pattern: $0) }
        }
        // Rates estimated from time stamps differ in the last digits between recordings.
        guard let samplingRate else { return fits }
        return fits && abs(rate.hertz - samplingRate) <= 1e-3 * samplingRate
    }
}
