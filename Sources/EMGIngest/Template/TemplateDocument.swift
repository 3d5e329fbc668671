package import Documents
internal import EMGSignal

/// A template as it stands in its file; `schemas/source-template.schema.json`.
struct TemplateDocument: Described {
    var name: String?
    var summary = ""
    var paths: [PathPattern] = []
    var identity = IdentityOverride()
    var unit: String?
    var rate: SamplingRate?
    var classNames: [String: String] = [:]
    var unlabeled: [String] = []
    private var delimited: DelimitedLayout?
    private var hdf5: HDF5Layout?
    private var matlab: MATLABLayout?
    private var edf: EDFLayout?

    init() {}

    static let fields = Fields<Self>(
        [
            Field(
                optional: "name", \.name, .name,
                "The name, for lists and histories; that of the file when left out.",
                absence: .leftOut),
            Field("description", \.summary, .text, "What it describes, in a few words."),
            Field(
                "path", \.paths, .oneOrMore(of: .pathPattern),
                "Patterns held against the last parts of a source's path: `{patient}`, "
                    + "`{session}`, `{condition}`, `{run}`, `{repetition}` and `{label}` keep what "
                    + "stands there, `{*}` is any text. The first that fits tells."),
            Field(
                "identity", \.identity, .object(identityFields, into: IdentityOverride()),
                "Parts of the identity that are the same for all sources; the path counts more, "
                    + "the caller most."),
            Field(
                optional: "unit", \.unit, .text,
                "The unit of the samples, where the source does not say; `µV`, `uv` and the like "
                    + "are `uV`.", absence: .leftOut),
            Field(
                optional: "rate_hz", \.rate, .plausibleRate,
                "The sampling rate, where the source does not say.", absence: .leftOut),
            Field("classes", \.classNames, .map(of: .name), "The names of label values."),
            Field(
                "unlabeled", \.unlabeled, .list(of: .name),
                "Label values that say that nobody labeled the sample."),
            Field(
                optional: "delimited", \.delimited, .object(), "Delimited text.",
                absence: .leftOut),
            Field(optional: "hdf5", \.hdf5, .object(), "HDF5 files.", absence: .leftOut),
            Field(optional: "matlab", \.matlab, .object(), "MATLAB files.", absence: .leftOut),
            Field(
                optional: "edf", \.edf, .object(),
                "EDF and BDF files: which channel of triggers is their labels.",
                absence: .leftOut),
        ], rules: [.exactlyOne(layoutKeys)])

    private static let layoutKeys = ["delimited", "hdf5", "matlab", "edf"]

    private static let identityFields: Fields<IdentityOverride> = [
        part("patient", \.patient, "The person."), part("session", \.session, "The visit."),
        part("condition", \.condition, "What was done."),
        part("run", \.run, "The repetition of one condition within a session."),
    ]

    private static func part(
        _ key: String, _ path: any WritableKeyPath<IdentityOverride, String?> & Sendable,
        _ documentation: String
    ) -> Field<IdentityOverride> {
        Field(optional: key, path, .name, documentation, absence: .leftOut)
    }

    /// Exactly one layout is there.
    func check(_ object: DocumentObject) throws(DocumentError) {
        let layouts = Self.layoutKeys.filter { object.optional($0) != nil }
        guard layouts.count == 1 else {
            throw object.cursor.error(
                expected: "one of delimited, hdf5, matlab and edf",
                found: layouts.isEmpty ? "none" : layouts.joined(separator: " and "))
        }
    }

    /// The layout, when it was read.
    var layout: SourceTemplate.Layout {
        delimited.map { .delimited($0) } ?? hdf5.map { .hdf5($0) } ?? edf.map { .edf($0) }
            ?? .matlab(matlab ?? MATLABLayout())
    }
}

extension SourceTemplate {
    /// A template as it is written, with every setting that differs from its default.
    ///
    /// - Parameter cursor: A template's document.
    /// - Returns: The document.
    /// - Throws: ``DocumentError`` with the place of the first fault.
    package static func canonical(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> DocumentValue {
        try TemplateDocument(cursor).document
    }

    /// The schema of templates, `schemas/source-template.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "source-template.schema.json", title: "Source template",
            documentation: "How sources without a format of their own are laid out: delimited "
                + "text, HDF5 or MATLAB files.",
            schema: .object(TemplateDocument.schema(with: Kinds())))
    }
}

extension FieldFormat<PathPattern> {
    /// A pattern of places.
    fileprivate static var pathPattern: FieldFormat {
        FieldFormat(
            .form(TextForm("pattern", length: 1 ... .max)),
            read: { cursor throws(DocumentError) in
                guard let pattern = PathPattern(try cursor.string()) else {
                    throw cursor.error(
                        expected: "a path with {patient}, {session}, {condition}, {run}, "
                            + "{repetition}, {label} or {*}, and text between two of them")
                }
                return pattern
            },
            write: { .string($0.text) })
    }
}

extension FieldFormat<SamplingRate> {
    /// A rate that an amplifier may have.
    fileprivate static var plausibleRate: FieldFormat {
        FieldFormat<Double>.number(in: 1e-3...SamplingRate.highestPlausibleHertz).mapped(
            { hertz, cursor throws(DocumentError) in
                do throws(SignalError) {
                    return try SamplingRate(hertz: hertz)
                } catch {
                    throw cursor.error(expected: "a sampling rate in hertz")
                }
            }, back: \.hertz)
    }
}
