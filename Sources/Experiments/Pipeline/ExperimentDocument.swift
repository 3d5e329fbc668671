package import Documents
private import FewShotBenchmark

/// An experiment as it stands in its file; `schemas/experiment.schema.json`.
struct ExperimentDocument: Described {
    /// Where a part of it is.
    enum Source: Sendable, Hashable {
        /// In a file of its own, whose path is taken from the experiment's folder.
        case file(String)
        /// In the experiment's file.
        case value(DocumentValue)
    }

    var name: String?
    var archive: String?
    var parts: [String: Source] = [:]
    var axes: [SweepAxis] = []
    var report: Experiment.ReportSettings?

    init() {}

    static let fields = Fields<Self>(
        [
            Field(
                optional: "name", \.name, .fileName,
                "What the experiment is called; the file's name when left out.",
                absence: .leftOut),
            partFields[0],
            Field(
                optional: "archive", \.archive, .text,
                "An archive that `myotask convert` has made, in place of convert.",
                absence: .leftOut),
        ] + partFields.dropFirst() + [sweepField, reportField],
        rules: [.exactlyOne(["convert", "archive"]), .exactlyOne(["build", "benchmark"])])

    /// The parts that settings can be overridden in and varied, in their order.
    static let partFields: [Field<Self>] = [
        part(
            "convert", { .object(ConvertDocument.schema(with: $0)) },
            "The raw recordings, and what is known about them; as the options of `myotask "
                + "convert`."),
        part(
            "filter", { _ in .document("pipeline.schema.json") },
            "The conditioning pipeline, or its file; nothing is filtered when left out."),
        part(
            "build", { _ in .document("collection.schema.json") },
            "The collection or the design of several, or its file."),
        part(
            "train", { _ in .document("training.schema.json") },
            "The training, or its file; all defaults when left out."),
        part(
            "benchmark",
            {
                .either([
                    .choice(BenchmarkProtocol.names), .object(BenchmarkProtocol.schema(with: $0)),
                ])
            },
            "A protocol by its name, with settings in place of its own, or its file: all methods "
                + "beside each other, in place of build and train."),
    ]

    private static func part(
        _ key: String, _ schema: @escaping @Sendable (Kinds) -> ValueSchema,
        _ documentation: String, isRequired: Bool = false
    ) -> Field<Self> {
        Field(
            key, schema: { .either([schema($0), .text]) }, documentation, isRequired: isRequired,
            read: { cursor, experiment throws(DocumentError) in
                guard !cursor.isNull else { return }
                if case .string(let name) = cursor.value.content, key == "benchmark",
                    BenchmarkProtocol.names.contains(name)
                {
                    experiment.parts[key] = .value(
                        DocumentValue(
                            .object([.init(key: "protocol", value: cursor.value)]),
                            at: cursor.value.position))
                } else if case .string(let path) = cursor.value.content {
                    experiment.parts[key] = .file(path)
                } else {
                    experiment.parts[key] = .value(cursor.value)
                }
            },
            write: { experiment in
                switch experiment.parts[key] {
                case .file(let path): .string(path)
                case .value(let value): value
                case nil: nil
                }
            })
    }

    private static let sweepField = Field<Self>(
        "sweep",
        schema: { _ in
            .map(of: .list(of: .anything, count: 1...SweepAxis.valueLimit, isUnique: false))
        },
        "Settings of filter, build and train that vary, as `train.inner.learning_rate`, each with "
            + "a list of values; a run is made of each combination.",
        read: { cursor, experiment throws(DocumentError) in
            experiment.axes = try SweepAxis.axes(cursor)
        },
        write: { experiment in
            .object(
                experiment.axes.map {
                    DocumentValue.Member(key: $0.path.description, value: .array($0.values))
                })
        })

    private static let reportField = Field<Self>(
        "report",
        schema: { .either([.boolean, .object(Experiment.ReportSettings.schema(with: $0))]) },
        "Whether report.html is made when all runs are finished, and its title.",
        read: { cursor, experiment throws(DocumentError) in
            if case .boolean(let isWanted) = cursor.value.content {
                experiment.report = isWanted ? Experiment.ReportSettings() : nil
            } else {
                experiment.report = try Experiment.ReportSettings(cursor)
            }
        },
        write: { $0.report?.document ?? .boolean(false) })
}

extension Experiment {
    /// The schema of experiments, `schemas/experiment.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "experiment.schema.json", title: "MyoTask experiment",
            documentation: "What `myotask run` should do, from recordings to a report; written as "
                + "YAML. Paths are taken from the folder of the file that they stand in.",
            schema: .object(ExperimentDocument.schema(with: Kinds())))
    }
}

extension FieldFormat<String> {
    /// A name that can be a file's everywhere.
    fileprivate static var fileName: FieldFormat {
        let form = TextForm("text", pattern: "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}$")
        return FieldFormat(
            .form(form),
            read: { cursor throws(DocumentError) in
                let name = try cursor.name()
                let isPlain = name.utf8.allSatisfy { byte in
                    let character = Character(Unicode.Scalar(byte))
                    return character.isASCII
                        && (character.isLetter || character.isNumber
                            || "-_.".contains(character))
                }
                guard isPlain, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 100 else {
                    throw cursor.error(
                        expected: "a name that can be a file's",
                        hint: "use 1 to 100 letters, digits, -, _ and .")
                }
                return name
            },
            write: { .string($0) })
    }
}
