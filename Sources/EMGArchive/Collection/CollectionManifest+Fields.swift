package import Documents
import EMGSignal
import PrintableText

extension CollectionManifest {
    private static let head = DocumentFormat(
        format, version: formatVersion, hint: "this is not the manifest of a task collection")

    /// What is read into.
    private static let blank = CollectionManifest(
        software: "", name: "", seed: 0, tensors: TensorFile(path: "", sha256: "", bytes: 1),
        classes: [], channels: [], samplingRate: .one,
        window: Window(length: 1, stride: 1, labelRule: "last"),
        normalization: Normalization(method: "none"), conditioning: [],
        split: Split(rule: "", guardSamples: 0), tasks: [],
        splits: Partition(train: [], validation: [], test: []), history: [])

    /// The members of a manifest, in an order in which those stand first that others depend on.
    static let fields: Fields<Self> = {
        let members: [Field<Self>] = [
            Field("software", \.software, .text, "What wrote the manifest.", isRequired: true),
            Field("name", \.name, .printable, "The collection's name.", isRequired: true),
            Field(
                "seed", \.seed, .seed(plainTo: largestPlainSeed),
                "What every random choice was drawn from; a text when above 2⁵³ − 1, which not "
                    + "every JSON reader keeps.", isRequired: true),
            Field(
                "tensors", \.tensors, TensorFile.format, "The HDF5 file with the signals.",
                isRequired: true),
            Field(
                "classes", \.classes, .classNames,
                "The name of label 0, 1 and so on; none for unlabeled recordings, whose windows "
                    + "all have label 0.", isRequired: true),
            Field(
                "channels", \.channels, .channels,
                "The channels, in the order of the tensors' columns.",
                isRequired: true),
            .grid(\.grid, channels: \.channels),
            Field(
                "sampling_rate_hz", \.samplingRate, .hertz, "The rate of every task, in hertz.",
                isRequired: true),
            Field(
                "window", \.window, Window.format, "How windows are cut, in samples.",
                isRequired: true),
            Field(
                "normalization", \.normalization, Normalization.format, "How signals are scaled.",
                isRequired: true),
            .quality(\.quality),
            .conditioning(\.conditioning, "The steps of the recordings' histories after ingest."),
            Field(
                "split", \.split, Split.format, "How each recording is divided.",
                isRequired: true),
            tasksField, splitsField,
            Field(
                "augmentation",
                schema: FieldFormat<[Augmentation]>.list(of: Augmentation.format).schema,
                "How training windows are to be varied; the tensors are not. Left out for not at "
                    + "all.",
                read: { cursor, manifest throws(DocumentError) in
                    manifest.augmentation = try FieldFormat.list(of: Augmentation.format)
                        .read(cursor)
                },
                write: {
                    $0.augmentation.isEmpty
                        ? nil : FieldFormat.list(of: Augmentation.format).write($0.augmentation)
                }),
            Field(
                "variation", schema: FieldFormat<[Rule]>.list(of: .variation).schema,
                "How tasks were varied as a whole when the tensors were made. Left out for not at "
                    + "all.",
                read: { cursor, manifest throws(DocumentError) in
                    manifest.variation = try FieldFormat.list(of: .variation).read(cursor)
                },
                write: {
                    $0.variation.isEmpty
                        ? nil : FieldFormat.list(of: .variation).write($0.variation)
                }),
            .targets(\.targets),
            Field(
                "history", \.history, .steps, "The steps that made the collection, oldest first.",
                isRequired: true),
        ]
        return Fields(head.fields() + members)
    }()

    private static let tasksField = Field<Self>(
        "tasks",
        schema: {
            .list(of: .object(TaskDocument.schema(with: $0)), count: 1 ... .max, isUnique: false)
        }, "The tasks, each recording once.", isRequired: true,
        read: { cursor, manifest throws(DocumentError) in
            manifest.tasks = try TaskDocument.tasks(cursor, of: manifest)
        },
        write: { manifest in
            let tasks = manifest.tasks
            return DocumentValue(
                .array(DocumentList(count: tasks.count) { TaskDocument(tasks[$0]).document }))
        })

    private static let splitsField = Field<Self>(
        "splits", schema: { .object(PartitionDocument.schema(with: $0)) },
        "Which task is for what: each id stands in exactly one list.", isRequired: true,
        read: { cursor, manifest throws(DocumentError) in
            var document = PartitionDocument(of: manifest.tasks)
            try document.read(cursor)
            manifest.splits = document.partition
        },
        write: { PartitionDocument($0.splits).document })

    /// Reads a manifest from a document and checks it, without looking at the disk.
    ///
    /// - Parameter document: The document.
    /// - Throws: ``Documents/DocumentError`` with the line and path of the first fault.
    package init(_ document: Document) throws(DocumentError) {
        try Self.head.check(document.cursor)
        let object = try document.cursor.object(allowing: Self.fields.keys)
        self = Self.blank
        try Self.fields.read(object, into: &self)
        kinds = document.kinds
        try checkPartition(object)
    }

    /// Every task is for something.
    private func checkPartition(_ object: DocumentObject) throws(DocumentError) {
        let known = Set(splits.train + splits.validation + splits.test)
        guard let index = tasks.firstIndex(where: { !known.contains($0.id) }) else { return }
        throw try object.required("tasks").array()[index].object().required("id").error(
            expected: "an id that stands in one of the lists of $.splits",
            hint: "add it to train, validation or test")
    }

    /// The schema of manifests, `schemas/task-collection.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "task-collection.schema.json",
            title: "MyoTask task collection, format version \(formatVersion)",
            documentation: "The manifest NAME.json beside the tensors NAME.h5. task-collection.md "
                + "says which rules a schema cannot say.",
            schema: .object(fields.schema(with: Kinds(), standard: nil)),
            definitions: [
                ProcessingStep.Value.definition.name: ProcessingStep.Value.definition.schema
            ])
    }
}
