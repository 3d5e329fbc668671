import Documents
import EMGSignal

// The parts of a manifest that are the same whatever else is in it.

extension CollectionManifest.Grid {
    static let format = FieldFormat<Self>.object(
        [
            Field("rows", \.rows, .integer(in: 1...1_000_000), "How many rows.", isRequired: true),
            Field(
                "columns", \.columns, .integer(in: 1...1_000_000), "How many columns.",
                isRequired: true),
        ], into: Self(rows: 1, columns: 1))
}

extension CollectionManifest.TensorFile {
    static let format = FieldFormat<Self>.object(
        [
            Field(
                "path", \.path, .tensorPath,
                "Its path from the manifest's folder, which it does not leave: no `..`, no link "
                    + "out of it.", isRequired: true),
            Field("sha256", \.sha256, .sha256, "The SHA-256 of its bytes.", isRequired: true),
            Field(
                "bytes", \.bytes, .integer(in: 1 ... .max), "Its size in bytes.",
                isRequired: true),
        ], into: Self(path: "", sha256: "", bytes: 1))
}

extension CollectionManifest.Window {
    static let format = FieldFormat<Self>.object(
        [
            Field(
                "length", \.length, .integer(in: 1 ... .max), "Samples of a window.",
                isRequired: true),
            Field(
                "stride", \.stride, .integer(in: 1 ... .max),
                "Samples from the start of one window to that of the next.", isRequired: true),
            Field(
                "label_rule", \.labelRule.name, .printable,
                "A window has the label of its `last` or `center` sample, that of the `majority`, "
                    + "or is only kept when it is `pure`; or by a rule of another name.",
                isRequired: true),
            .parameters("label_parameters", \.labelRule.parameters),
        ], into: Self(length: 1, stride: 1, labelRule: "last"))
}

extension CollectionManifest.Normalization {
    static let format = FieldFormat<Self>.object(
        [
            Field(
                "method", \.method.name, .printable,
                "`standard`: mean and standard deviation; `min_max`: minimum and range; `none`; or a "
                    + "method of another name.", isRequired: true),
            .parameters("parameters", \.method.parameters),
            Field(
                "fitted_on", schema: { _ in .constant(.string(Self.fittedOn)) },
                "What it has seen.", isRequired: true,
                read: { cursor, _ throws(DocumentError) in
                    guard try cursor.string() == Self.fittedOn else {
                        throw cursor.error(
                            expected: "\"\(Self.fittedOn)\"",
                            hint: "a scaling that has seen the query leaks it into the support")
                    }
                }, write: { _ in .string(Self.fittedOn) }),
        ], into: Self(method: "none"))
}

extension Field {
    /// The settings of a rule, which most have none of.
    fileprivate static func parameters(
        _ key: String, _ path: any WritableKeyPath<Root, [String: ProcessingStep.Value]> & Sendable
    ) -> Field {
        let format = FieldFormat<[String: ProcessingStep.Value]>.map(of: .parameter)
        return Field(
            key, schema: format.schema, "Its settings; left out when it has none.",
            read: { cursor, root throws(DocumentError) in
                root[keyPath: path] = try format.read(cursor)
            },
            write: { root in
                let parameters = root[keyPath: path]
                return parameters.isEmpty ? nil : format.write(parameters)
            })
    }
}

extension CollectionManifest.Targets {
    static let format = FieldFormat<Self>.object(
        [
            Field(
                "columns", \.columns,
                .named(
                    Column.format, "target", "targets", count: 1...TargetDescription.mostDimensions,
                    by: \.name, at: "name"),
                "The numbers, in the order of the tensors' columns.", isRequired: true),
            Field(
                "rule", \.rule, .choice,
                "Whether they are those of a window's `last` or `center` sample, or the `mean` of "
                    + "all.", isRequired: true),
        ], into: Self(columns: [], rule: .last))
}

extension CollectionManifest.Targets.Column {
    fileprivate static let format = FieldFormat<Self>.object(
        [
            Field("name", \.name, .printable, "Its name.", isRequired: true),
            Field("unit", \.unit, .text, "Its unit.", isRequired: true),
        ], into: Self(name: "", unit: ""))
}

extension CollectionManifest.Split {
    static let format = FieldFormat<Self>.object(
        [
            Field(
                "rule", \.rule, .printable, "The rule that divides a recording.",
                isRequired: true),
            Field(
                "guard", \.guardSamples, .integer(in: 0 ... .max),
                "At least this many samples lie between support and query.", isRequired: true),
            Field(
                "parameters", \.parameters, .map(of: .parameter), "The settings of the rule.",
                isRequired: true),
        ], into: Self(rule: "", guardSamples: 0))
}

extension CollectionManifest.Augmentation {
    static let format = FieldFormat<Self>.object(
        [
            Field("kind", \.kind, .printable, "How.", isRequired: true),
            Field(
                "parameters", \.parameters, .map(of: .plainParameter),
                "Its settings: numbers, texts and truth values.", isRequired: true),
        ], into: Self(kind: ""))
}

extension FieldFormat<CollectionManifest.Rule> {
    /// A variation of tasks.
    static var variation: FieldFormat {
        .object(
            [
                Field("kind", \.name, .printable, "How.", isRequired: true),
                Field(
                    "parameters", \.parameters, .map(of: .parameter), "Its settings.",
                    isRequired: true),
            ], into: CollectionManifest.Rule(name: ""))
    }
}

extension CollectionManifest.TaskRecording {
    static let format = FieldFormat<Self>.object(
        [
            Field(
                "id", \.id, .printable, "The recording, `patient/session/condition[-run]`.",
                isRequired: true),
            Field(
                "part", \.part, .choice(among: Part.allCases),
                "Whether it is the support's, the query's, or an earlier one.", isRequired: true),
            Field("source", \.source, .sourceFile, "The raw file.", isRequired: true),
            Field(
                "range",
                schema: { _ in .sampleRange }, "Its samples `[start, end)` among the task's.",
                isRequired: true,
                read: { cursor, recording throws(DocumentError) in
                    recording.range = try SampleRange(cursor, sampleCount: .max)
                }, write: \.range.document),
        ],
        into: Self(
            id: "", part: .support, source: SourceFile(name: "", sha256: ""),
            range: SampleRange(start: 0, end: 0)))
}

extension FieldFormat<SourceFile> {
    /// A raw file by its name and bytes.
    static var sourceFile: FieldFormat {
        .object(
            [
                Field("name", \.name, .text, "Its name without folders.", isRequired: true),
                Field("sha256", \.sha256, .sha256, "The SHA-256 of its bytes.", isRequired: true),
            ], into: SourceFile(name: "", sha256: ""))
    }
}

extension CollectionManifest.Unlabeled {
    /// - Parameter sampleCount: The samples of the recording.
    /// - Returns: The format.
    static func format(sampleCount: Int) -> FieldFormat<Self> {
        .object(
            [
                Field(
                    "samples", \.samples, .count(atMost: sampleCount),
                    "Samples that nobody labeled.", isRequired: true),
                Field(
                    "windows", \.windows, .count(atMost: sampleCount),
                    "Windows that would hold at least one of them.", isRequired: true),
            ], into: Self(samples: 0, windows: 0))
    }
}

extension FieldFormat<Int> {
    /// A count from 0; the bound that depends on other members is not in the schema.
    static func count(from least: Int = 0, atMost most: Int) -> FieldFormat {
        FieldFormat(
            .integer(minimum: least, maximum: nil),
            read: { cursor throws(DocumentError) in try cursor.integer(in: least...most) },
            write: { .integer($0) })
    }
}
