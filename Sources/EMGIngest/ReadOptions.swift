/// What a caller says about a source that the source may not say itself.
public struct ReadOptions: Sendable, Hashable {
    /// What to do with a sample that is empty or not finite.
    public enum MissingPolicy: String, Sendable, Hashable, CaseIterable {
        /// Refuse the file, naming line and column.
        case reject
        /// Store not-a-number and mark the samples as non-finite, so that nothing is filtered or
        /// windowed across them.
        case markAsMissing = "mark"
    }

    /// The name of the format to read as; `nil` to find it out.
    public var format: String?
    /// Parts of the identity that the file's place does not tell, or tells wrongly.
    public var identity: IdentityOverride
    /// The sampling rate in hertz; `nil` to estimate it from time stamps.
    public var samplingRateHertz: Double?
    /// The unit of the samples.
    public var unit: String
    /// What to do with a sample that is empty or not finite.
    public var missing: MissingPolicy

    /// Creates options.
    ///
    /// - Parameters:
    ///   - format: The name of the format; `nil` to find it out.
    ///   - identity: Parts of the identity that the caller knows better.
    ///   - samplingRateHertz: The sampling rate in hertz, finite and above 0.
    ///   - unit: The unit of the samples; `count` for numbers of a converter without a scale.
    ///   - missing: What to do with a sample that is empty or not finite.
    public init(
        format: String? = nil, identity: IdentityOverride = IdentityOverride(),
        samplingRateHertz: Double? = nil, unit: String = "count",
        missing: MissingPolicy = .reject
    ) {
        self.format = format
        self.identity = identity
        self.samplingRateHertz = samplingRateHertz
        self.unit = unit
        self.missing = missing
    }
}

/// Parts of an identity that a caller gives; `nil` parts are told from the file's place.
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
