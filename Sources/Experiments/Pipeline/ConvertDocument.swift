internal import Documents
internal import EMGIngest

/// The part `convert` of an experiment as it stands in a document: the recordings, and what is
/// known about them, as the options of `myotask convert`.
struct ConvertDocument: Described {
    /// Paths from the folder of the document.
    private(set) var inputs: [String] = []
    private(set) var format: String?
    private(set) var identity = IdentityOverride()
    private(set) var rate: Double?
    private(set) var unit: String?
    private(set) var missing = ReadOptions.MissingPolicy.reject
    private(set) var repair: Double?
    private(set) var parts: String?
    private(set) var template: String?
    private(set) var layout: SourceLayout?

    init() {}

    static let fields: Fields<Self> = [
        Field(
            "inputs", schema: FieldFormat<[String]>.oneOrMore(of: .text).schema,
            "Files or folders of recordings.", isRequired: true,
            read: { cursor, convert throws(DocumentError) in
                convert.inputs = try FieldFormat.oneOrMore(of: .text).read(cursor)
                guard !convert.inputs.isEmpty else {
                    throw cursor.error(expected: "at least one file or folder")
                }
            },
            write: { .strings($0.inputs) }),
        optional("format", \.format, .name, "Read files as this format."),
        optional("patient", \.identity.patient, .name, "The person."),
        optional("session", \.identity.session, .name, "The visit."),
        optional("condition", \.identity.condition, .name, "What was done."),
        optional(
            "run", \.identity.run, .name, "The repetition of one condition within a session."),
        optional(
            "rate_hz", \.rate, .number(in: 1e-6...1_000_000),
            "The sampling rate instead of the one that time stamps give."),
        optional("unit", \.unit, .name, "The unit of the samples."),
        Field(
            "missing", \.missing, .choice, "What to do with empty or non-finite samples."),
        optional(
            "repair_s", \.repair, .number(in: 1e-6...60),
            "Interpolate segments of missing samples up to this many seconds."),
        optional(
            "parts", \.parts, .name,
            "Which parts of a source with several: `main` (when left out), `all`, or a name."),
        optional(
            "template", \.template, .text, "The name of a template that comes along, or a file."),
        optional(
            "layout", \.layout, .sourceLayout,
            "Which part of the paths is what, such as patient/session/condition."),
    ]

    private static func optional<Value>(
        _ key: String, _ path: any WritableKeyPath<Self, Value?> & Sendable,
        _ format: FieldFormat<Value>, _ documentation: String
    ) -> Field<Self> {
        Field(optional: key, path, format, documentation, absence: .leftOut)
    }
}

extension FieldFormat<SourceLayout> {
    /// Which part of a path is what.
    fileprivate static var sourceLayout: FieldFormat {
        FieldFormat<String>.text.mapped(
            { text, cursor throws(DocumentError) in
                guard let layout = SourceLayout(text) else {
                    throw cursor.error(
                        expected: "patient, session, condition, run and *, such as "
                            + "patient/session/condition")
                }
                return layout
            }, back: \.description)
    }
}
