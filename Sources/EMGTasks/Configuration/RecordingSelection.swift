internal import Documents
public import EMGSignal

/// Which recordings of an archive a collection is made of.
///
/// Each list holds names or patterns, where `*` stands for any text and `?` for one character; a
/// recording is taken when it fits one of each list that is given.
public struct RecordingSelection: Sendable, Hashable {
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

    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "patients", "sessions", "conditions", "sampling_rate_hz",
        ])
        self.init(
            patients: try Self.patterns(object.optional("patients")),
            sessions: try Self.patterns(object.optional("sessions")),
            conditions: try Self.patterns(object.optional("conditions")),
            samplingRate: try object.optional("sampling_rate_hz")?.number(
                in: 1e-3...SamplingRate.highestPlausibleHertz))
    }

    /// Whether a recording is taken.
    ///
    /// - Parameters:
    ///   - identity: The recording's identity.
    ///   - rate: Its declared rate.
    /// - Returns: Whether it fits every list that is given.
    public func takes(_ identity: RecordingIdentity, rate: SamplingRate) -> Bool {
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

    private static func patterns(_ cursor: DocumentCursor?) throws(DocumentError) -> [String] {
        guard let cursor else { return [] }
        var names: [String] = []
        for element in try cursor.array() { names.append(try element.name()) }
        return names
    }
}
