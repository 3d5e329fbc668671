package import Documents
import EMGSignal

extension InputDescription {
    private static let head = DocumentFormat(
        format, version: formatVersion, hint: "this does not describe a model's input")

    /// A description as a member of another document.
    package static let member = FieldFormat<Self>(
        schema: { .object(fields.schema(with: $0, standard: nil)) },
        read: { cursor throws(DocumentError) in
            try head.check(cursor)
            var input = blank
            try fields.read(cursor.object(allowing: fields.keys), into: &input)
            return input
        }, write: \.document)

    /// What is read into.
    package static let blank = InputDescription(
        collection: "", tensorsSHA256: "", classes: [], channels: [], grid: nil,
        samplingRate: .one,
        window: CollectionManifest.Window(length: 1, stride: 1, labelRule: "last"),
        normalization: CollectionManifest.Normalization(method: "none"), quality: nil,
        conditioning: [], targets: nil, badChannels: [], training: PeopleAndSources(),
        validation: PeopleAndSources())

    /// The members, in an order in which those stand first that others depend on.
    static let fields: Fields<Self> = {
        let members: [Field<Self>] = [
            collectionField,
            Field(
                "classes", \.classes, .classNames,
                "The classes in the order of the model's outputs; none for unlabeled recordings.",
                isRequired: true),
            Field(
                "channels", \.channels, .channels,
                "The channels, in the order of the windows' columns.", isRequired: true),
            .grid(\.grid, channels: \.channels),
            Field(
                "sampling_rate_hz", \.samplingRate, .hertz, "The rate in hertz.",
                isRequired: true),
            Field(
                "window", \.window, CollectionManifest.Window.format,
                "How windows are cut, in samples.", isRequired: true),
            secondsField,
            Field(
                "normalization", \.normalization, CollectionManifest.Normalization.format,
                "How signals are scaled.", isRequired: true),
            .quality(\.quality),
            .conditioning(
                \.conditioning,
                "The steps of the recordings' histories after ingest, without what they found in "
                    + "each recording."),
            .targets(\.targets), badChannelsField,
            Field(
                "training", \.training, PeopleAndSources.format,
                "Whose recordings it was trained on.",
                isRequired: true),
            Field(
                "validation", \.validation, PeopleAndSources.format,
                "Whose recordings it was selected by.", isRequired: true),
        ]
        return Fields(head.fields() + members)
    }()

    private static let collectionField = Field<Self>(
        "collection", schema: collectionFormat.schema, "The collection that was trained on.",
        isRequired: true,
        read: { cursor, input throws(DocumentError) in
            let read = try collectionFormat.read(cursor)
            input.collection = read.collection
            input.tensorsSHA256 = read.tensorsSHA256
        },
        write: { collectionFormat.write($0) })

    private static let collectionFormat = FieldFormat<Self>.object(
        [
            Field("name", \.collection, .printable, "Its name.", isRequired: true),
            Field(
                "tensors_sha256", \.tensorsSHA256, .sha256, "The SHA-256 of its tensors' file.",
                isRequired: true),
        ], into: blank)

    private static let secondsField = Field<Self>(
        "window_seconds", schema: { _ in .number(minimum: 0, maximum: nil, above: true) },
        "The length of a window by the rate.", isRequired: true,
        read: { cursor, input throws(DocumentError) in
            let expected = input.windowSeconds
            guard abs(try cursor.number() - expected) <= 1e-9 * expected else {
                throw cursor.error(expected: "\(expected), as length and rate say")
            }
        },
        write: { .number($0.windowSeconds) })

    private static let badChannelsField = Field<Self>(
        "bad_channels",
        schema: {
            .list(
                of: FieldFormat<String>.printable.schema($0), count: 0 ... .max, isUnique: true)
        },
        "Channels that are marked bad over the whole of some recording, in the channels' order; "
            + "left out when there are none.",
        read: { list, input throws(DocumentError) in
            let known = Set(input.channels.map(\.name))
            for cursor in try list.array() {
                let name = try cursor.string()
                guard known.contains(name) else {
                    throw cursor.error(expected: "the name of a channel")
                }
                input.badChannels.append(name)
            }
        },
        write: { $0.badChannels.isEmpty ? nil : .strings($0.badChannels) })

    /// Reads a description that comes from anywhere.
    ///
    /// - Parameter document: JSON, such as a checkpoint's metadata `input` or a run's `input.json`.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(_ document: Document) throws(DocumentError) {
        self = try Self.member.read(document.cursor)
    }

    /// The description as JSON on one line, as it stands in a checkpoint's metadata.
    package var json: String { document.json(.canonical) }

    /// The same with two spaces a level and a final newline.
    package var prettyJSON: String { document.json(.sorted) }

    private var document: DocumentValue { .object(Self.fields.members(of: self)) }

    /// The schema of descriptions, `schemas/run-input.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "run-input.schema.json", title: "MyoTask input of a run",
            documentation: "What the windows are that a run trains on: `input.json` in its folder, "
                + "and the metadata `input` of its checkpoints.",
            schema: .object(fields.schema(with: Kinds(), standard: nil)),
            definitions: [
                ProcessingStep.Value.definition.name: ProcessingStep.Value.definition.schema
            ])
    }
}

extension PeopleAndSources {
    fileprivate static let format = FieldFormat<Self>.object(
        [
            hashes("people", \.people, "The SHA-256 of each person's name."),
            hashes("sources", \.sources, "The SHA-256 of each recording's source."),
        ], into: Self()
    ).mapped(
        { read, _ throws(DocumentError) in
            Self(people: read.people, sources: read.sources)
        }, back: { $0 })

    private static func hashes(
        _ key: String, _ path: any WritableKeyPath<Self, [String]> & Sendable,
        _ documentation: String
    ) -> Field<Self> {
        let hashes = FieldFormat<[String]>.list(of: .sha256)
        return Field(
            key,
            schema: {
                .list(of: FieldFormat<String>.sha256.schema($0), count: 0 ... .max, isUnique: true)
            },
            documentation, isRequired: true,
            read: { cursor, lists throws(DocumentError) in
                lists[keyPath: path] = try hashes.read(cursor)
            },
            write: { hashes.write($0[keyPath: path]) })
    }
}
