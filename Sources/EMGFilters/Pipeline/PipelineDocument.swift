public import Documents
internal import EMGSignal

extension ConditioningPipeline: Described {
    /// A pipeline without stages: zero phase, spectral engine.
    public init() { self.init(stages: []) }

    /// The members of a document:
    ///
    /// ```yaml
    /// phase: zero                  # zero (default), linear (FIR filters) or causal
    /// engine: spectral             # spectral (default) or recursive
    /// edges: odd_reflection        # odd_reflection (default), scipy, constant or none
    /// precision: double            # double (default) or single
    /// accept_envelope: false       # default
    /// quality: {exclude: [marked_bad]}  # what fits leave out
    /// stages:
    ///   - band_pass: {low_hz: 20, high_hz: 450, order: 4}
    ///   - notch: {mains_hz: 50, q: 30, harmonics: 4}
    ///   - envelope: {cutoff_hz: 6, order: 4}
    /// ```
    ///
    /// A stage that needs no number may stand alone: `- rectify`. Instead of stages a document may
    /// name a chain of another tool (``ConditioningPreset``): `preset: pyemgpipeline`.
    public static let fields = Fields<Self>(
        [
            Field(
                "phase", \.phase, .choice,
                "zero: filters run forward and backward, without delay, their magnitude squared; "
                    + "FIR filters once, their delay removed. linear: FIR filters only, their delay "
                    + "removed. causal: forward only, from rest, as on a device."),
            Field(
                "engine", \.engine, .choice,
                "What computes zero-phase filters: Fourier transforms, or recursions forward and "
                    + "backward (what is meant with edges: scipy). Causal filters are recursions "
                    + "always."),
            Field(
                "edges", \.statedEdges, .choice,
                "How segments are continued beyond their ends: by odd reflection as far as the "
                    + "response reaches; as scipy.signal.sosfiltfilt does, filter by filter; by the "
                    + "last sample; by zeros."),
            Field(
                "precision", \.precision, .choice,
                "What numbers the spectral engine computes with."),
            Field(
                "accept_envelope", \.acceptsEnvelope, .boolean,
                "Whether recordings that are never negative may pass stages that expect a signal "
                    + "around zero, such as band_pass and rectify. They are usually envelopes "
                    + "already."),
            Field("stages", \.stages, .stages, "What is done, in order."),
            presetField,
            Field("quality", \.quality, .ofFits, qualityText),
        ],
        rules: [
            .exactlyOne(["stages", "preset"]), .alone("preset"),
            .when(
                "edges", is: ["scipy"], orMissing: false,
                [.choice("engine", ["recursive"]), .choice("precision", ["double"])]),
            .when(
                "engine", is: ["recursive"], orMissing: false, [.choice("precision", ["double"])]),
        ])

    private static let presetField = Field<Self>(
        "preset", schema: { _ in .choice(ConditioningPreset.allCases.map(\.name)) },
        "The default chain of a toolkit instead of stages; nothing may stand beside it.",
        read: { cursor, pipeline throws(DocumentError) in
            pipeline = try cursor.choice(ConditioningPreset.allCases.map { ($0.name, $0) }).pipeline
        }, write: { _ in nil })

    private static let qualityText =
        "What of the recordings' quality is left out where something is fitted: amplitudes of "
        + "normalize, means and trends of detrend. gap and non_finite always are; there are no "
        + "windows here, so that long_filter_edge means nothing."

    /// The edges as a document states them: those of scipy are of the recursive engine.
    private var statedEdges: EdgePolicy {
        get { edges }
        set {
            edges = newValue
            if newValue == .scipy { engine = .recursive }
        }
    }

    /// Refuses members that exclude each other.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        if object.optional("preset") != nil {
            guard let entry = object.entries.first(where: { $0.key != "preset" }) else { return }
            throw entry.cursor.error(
                expected: "nothing beside preset", found: entry.key,
                hint: "write the stages out to change them")
        }
        if edges == .scipy, let cursor = object.optional("edges"),
            try object.optional("engine")?.string() == Engine.spectral.rawValue
        {
            throw cursor.error(
                expected: "a continuation that the spectral engine has", found: "scipy",
                hint: "leave engine out, or set engine: recursive")
        }
        if precision == .single, engine == .recursive, let cursor = object.optional("precision") {
            throw cursor.error(
                expected: "double with the recursive engine", found: "single",
                hint: "set engine: spectral for single precision")
        }
        _ = try object.required("stages")
    }

    /// The schema of documents, `schemas/pipeline.schema.json`.
    ///
    /// - Parameter kinds: The stages that packages outside have added.
    /// - Returns: The schema.
    package static func schemaDocument(with kinds: Kinds = Kinds()) -> SchemaDocument {
        SchemaDocument(
            name: "pipeline.schema.json", title: "Conditioning pipeline",
            documentation:
                "What is done to recordings before they are cut into windows: stages in order. "
                + "Frequencies are in hertz and are checked against half of each recording's "
                + "effective sampling rate, the rate at which its samples really change.",
            schema: .object(schema(with: kinds)))
    }
}

extension FieldFormat<any PipelineStage> {
    /// A stage: an object whose only key names it.
    static var stage: FieldFormat {
        .keyed(ConditioningPipeline.stageKinds, noun: "stage", described: { $0 })
    }
}

extension FieldFormat<[any PipelineStage]> {
    /// A list of stages, at least one.
    fileprivate static var stages: FieldFormat {
        .list(
            of: .stage,
            count: 1 ... .max,
            lack: { list in
                let names = list.kinds.all(ConditioningPipeline.stageKinds).names
                return list.error(
                    expected: "at least one stage",
                    hint: "the stages are \(names.joined(separator: ", "))")
            })
    }
}

extension FieldFormat<QualityPolicy> {
    /// What fits leave out.
    fileprivate static var ofFits: FieldFormat {
        let findings = QualityPolicy.Finding.allCases
        let exclude = ObjectSchema.Property(
            key: "exclude",
            schema: .list(
                of: .choice(findings.map(\.rawValue)), count: 0 ... .max, isUnique: false),
            documentation: "The findings whose samples are left out.")
        return FieldFormat(
            .object(ObjectSchema(properties: [exclude])),
            read: { cursor throws(DocumentError) in try QualityPolicy(ofFits: cursor) },
            write: { policy in
                let names = findings.filter(policy.exclude.contains).map {
                    DocumentValue(.string($0.rawValue))
                }
                return DocumentValue(
                    .object([
                        DocumentValue.Member(key: "exclude", value: .array(names))
                    ]))
            })
    }
}
