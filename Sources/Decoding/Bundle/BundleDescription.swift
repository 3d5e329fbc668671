package import Documents
import EMGArchive
import EMGFilters
import EMGSignal
import MetaLearning

/// What a bundle says of itself beside its tensors: the metadata `decoder` of the file.
package struct BundleDescription: Sendable {
    var input = InputDescription.blank
    var effectiveRate = SamplingRate.one
    var pipeline: ConditioningPipeline?
    var normalization = BundleScaling()
    var model: any DecoderModelKind = NetworkKind()
    var control = ControlSettings()
    var adaptation: SupportAdaptation?
    var origin = BundleOrigin()

    private static let head = DocumentFormat(
        "myotask.decoder", version: 1, hint: "this does not describe a decoder")

    private static let fields = Fields<Self>(
        head.fields() + [
            Field(
                "input", \.input, InputDescription.member,
                "What the decoder was made for: channels, rate, windows, classes, and whom its "
                    + "model was trained on.", isRequired: true),
            Field(
                "effective_rate_hz", \.effectiveRate, .hertz,
                "The rate at which samples really change, which cut-offs respect.",
                isRequired: true),
            Field(
                optional: "pipeline", \.pipeline, .object(),
                "How samples are conditioned as they come; left out when they are decoded as they "
                    + "are.", absence: .leftOut),
            Field(
                object: "normalization", \.normalization,
                "What conditioned samples are normalized with."),
            Field(
                "model", \.model, .decoderModel,
                "What decides about windows; its numbers are the file's tensors.",
                isRequired: true),
            Field(object: "control", \.control, "What is made of the model's probabilities."),
            Field(
                optional: "adaptation", \.adaptation, .object(),
                "How a network is adapted to a person; left out for one that is not, and for "
                    + "models that are fitted.", absence: .leftOut),
            Field(object: "origin", \.origin, "What the decoder was made from."),
        ])

    init() {}

    /// Reads a description that comes from anywhere.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        try Self.head.check(cursor)
        try Self.fields.read(cursor.object(allowing: Self.fields.keys), into: &self)
        for (key, numbers) in [("offset", normalization.offset), ("scale", normalization.scale)]
        where numbers.count != input.channels.count {
            let place = try cursor.object().required("normalization").object().required(key)
            throw place.error(
                expected: "one number for each of the \(input.channels.count) channels",
                found: "\(numbers.count)")
        }
        guard input.targets == nil, !input.classes.isEmpty else {
            throw try cursor.object().required("input").error(expected: "classes")
        }
    }

    /// The description as a document.
    var document: DocumentValue { .object(Self.fields.members(of: self)) }

    /// The schema of descriptions, `schemas/decoder.schema.json`.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The schema.
    package static func schemaDocument(with kinds: Kinds = Kinds()) -> SchemaDocument {
        SchemaDocument(
            name: "decoder.schema.json", title: "MyoTask decoder",
            documentation:
                "What a bundle (NAME.myodec) says of itself: the metadata \"decoder\" of "
                + "a safetensors file whose tensors are the model's numbers.",
            schema: .object(fields.schema(with: kinds, standard: Self())),
            definitions: [
                ProcessingStep.Value.definition.name: ProcessingStep.Value.definition.schema
            ])
    }
}
