package import Documents

extension QualityPolicy {
    /// How a policy stands in documents: the member `quality` of a configuration.
    ///
    /// ```yaml
    /// quality:
    ///   exclude: [marked_bad, long_filter_edge, saturation]
    ///   warn: [flat_line]
    ///   bad_channels: refuse
    ///   mains_hum_db: 20
    /// ```
    package static let format = FieldFormat<QualitySettings>.object().mapped(
        { settings, _ throws(DocumentError) in settings.policy }, back: { QualitySettings($0) })

    /// Reads a policy.
    ///
    /// - Parameter cursor: An object whose members may all be left out.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        self = try Self.format.read(cursor)
    }

    /// Reads what a fit without windows leaves out: `{exclude: [marked_bad]}`.
    ///
    /// - Parameter cursor: An object with `exclude` alone.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(ofFits cursor: DocumentCursor) throws(DocumentError) {
        _ = try cursor.object(allowing: ["exclude"])
        try self.init(cursor)
    }
}

/// A policy as its document says it.
package struct QualitySettings: Described {
    private var exclude = QualityPolicy.names(QualityPolicy.defaultExclude)
        .compactMap(QualityPolicy.Finding.init)
    private var warn: [QualityPolicy.Finding]?
    private var badChannels = QualityPolicy.BadChannels.refuse
    private var humLevel: Double?

    /// What is meant when nothing is said.
    package init() {}

    /// The settings of a policy.
    fileprivate init(_ policy: QualityPolicy) {
        exclude = QualityPolicy.Finding.allCases.filter(policy.exclude.contains)
        let others = QualityPolicy(exclude: policy.exclude)
        warn =
            policy.warn == others.warn
            ? nil : QualityPolicy.Finding.allCases.filter(policy.warn.contains)
        badChannels = policy.badChannels
        humLevel = policy.humLevel
    }

    fileprivate var policy: QualityPolicy {
        QualityPolicy(
            exclude: Set(exclude), warn: warn.map { Set($0) }, badChannels: badChannels,
            humLevel: humLevel)
    }

    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "exclude", \.exclude, .list(of: .choice),
            "What is in no window and in no fit. `gap` and `non_finite` always are."),
        Field(
            optional: "warn", \.warn, .list(of: .choice),
            "What windows may contain and is reported; all that is not excluded when left out.",
            absence: .leftOut),
        Field(
            "bad_channels", \.badChannels, .choice,
            "What becomes of a recording with a channel that is excluded from the first to the "
                + "last sample: `refuse` it, or `silence` the channel: its samples become 0."),
        Field(
            optional: "mains_hum_db", \.humLevel, .number(in: 0...200),
            "From how many decibels above its surroundings on mains hum counts; what the detector "
                + "takes for certain when left out.", absence: .leftOut),
    ]

    /// Refuses to warn of what is in no window.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        guard let list = object.optional("warn"), let warn else { return }
        let excluded = policy.exclude
        for (finding, element) in zip(warn, try list.array()) where excluded.contains(finding) {
            throw element.error(
                expected: "something that is not excluded", found: finding.rawValue,
                hint: QualityPolicy.Finding.always.contains(finding)
                    ? "\(finding.rawValue) is always excluded"
                    : "take it out of \"exclude\": what is in no window is not warned of")
        }
    }
}
