/// Parts of an identity that a caller gives; `nil` parts are inferred from the file's place.
public struct IdentityOverride: Sendable, Hashable {
    /// The person.
    public var patient: String?
    /// The visit.
    public var session: String?
    /// The condition.
    public var condition: String?
    /// The repetition of one condition within a session.
    public var run: String?

    /// Creates an override.
    public init(
        patient: String? = nil, session: String? = nil, condition: String? = nil,
        run: String? = nil
    ) {
        self.patient = patient
        self.session = session
        self.condition = condition
        self.run = run
    }
}
