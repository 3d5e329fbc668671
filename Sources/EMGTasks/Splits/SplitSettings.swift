public import Documents

/// How each recording is divided into support and query: the member `split` of a configuration.
public struct SplitSettings: KindHolder, Hashable {
    /// How time is divided.
    @KindValue public var rule: any SplitRule
    /// What is left out between support and query; one window when `nil`, never less.
    public var guardDuration: SampleDuration?
    /// How much of each phase (run of one label) of the support is kept, from its start: above 0
    /// and at most 1.
    public var supportFraction: Double
    /// Which recordings of a person make a task together; `nil` when each is its own.
    package var recordings: RecordingParts?

    /// Creates settings.
    ///
    /// - Parameters:
    ///   - rule: How time is divided.
    ///   - guardDuration: What is left out between the two parts; one window when `nil`.
    ///   - supportFraction: How much of each phase of the support is kept.
    public init(
        _ rule: any SplitRule = SplitRules.firstCycle(), guardDuration: SampleDuration? = nil,
        supportFraction: Double = 1
    ) {
        self.rule = rule
        self.guardDuration = guardDuration
        self.supportFraction = supportFraction
    }

    /// Creates settings with the defaults beside a rule.
    package init(kind: any SplitRule) { self.init(kind) }

    /// The library's rules.
    package static var registry: Registry<any SplitRule> { .standard }
    /// The member that names the rule.
    package static let tag = "rule"
    /// The first cycles of cues.
    package static let standardKind: String? = FirstCycle.key
    /// The rule.
    package var describedKind: any DescribedKind { rule }

    private static let guardDuration = DurationFields<Self>(
        optional: "guard", \.guardDuration,
        "What is left out between support and query; one window when left out, and never less.")

    private static let supportFraction = FieldFormat<Double>.number(in: 0.001...1)

    /// The members beside those of the rule.
    package static let ownFields = Fields<Self>(
        guardDuration.fields + [
            Field(
                "support_fraction", schema: supportFraction.schema,
                "How much of each phase (run of one label) of the support is kept, from its "
                    + "start.",
                read: { cursor, settings throws(DocumentError) in
                    settings.supportFraction = try supportFraction.read(cursor)
                },
                write: { settings in
                    // All of it is written as people write it.
                    settings.supportFraction == 1
                        ? DocumentValue(.integer(1))
                        : supportFraction.write(settings.supportFraction)
                })
        ] + recordingFields, rules: [guardDuration.oneAtMost])

    /// Says that a member belongs to another rule.
    package static let foreignMember:
        (@Sendable (DocumentCursor, String, Registry<any SplitRule>.Entry) -> DocumentError)? = {
            member, key, _ in
            member.error(
                expected: "members of the chosen rule only", found: "\"\(key)\"",
                hint: "say which rule is meant with \"rule\"")
        }

    /// Refuses a guard that is given twice.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        try Self.guardDuration.check(object)
        try checkRecordings(object)
    }
}
