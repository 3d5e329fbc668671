public import Documents
internal import EMGSignal

// A pipeline in a YAML or JSON document; `schemas/pipeline.schema.json` describes the same.

extension ConditioningPipeline {
    /// Reads a pipeline from a document.
    ///
    /// ```yaml
    /// phase: zero                  # zero (default), linear (finite filters) or causal
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
    ///
    /// - Parameter cursor: Where the pipeline stands.
    /// - Throws: ``Documents/DocumentError`` with the place of the fault.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(
            allowing: [
                "phase", "engine", "edges", "precision", "accept_envelope", "stages", "preset",
                "quality",
            ])
        if let preset = object.optional("preset") {
            self = try preset.choice([
                "pyemgpipeline": ConditioningPreset.pyemgpipeline, "biosppy": .bioSPPy,
                "neurokit2": .neuroKit2, "emgflow": .emgFlow, "libemg": .libEMG,
            ]).pipeline
            if let entry = object.entries.first(where: { $0.key != "preset" }) {
                throw entry.cursor.error(
                    expected: "nothing beside preset", found: entry.key,
                    hint: "write the stages out to change them")
            }
            return
        }
        let phase = try object.optional("phase")?.choice(
            ["zero": Phase.zero, "linear": .linear, "causal": .causal])
        let acceptsEnvelope = try object.optional("accept_envelope")?.boolean()
        let edges = try object.optional("edges")?.choice(
            [
                "odd_reflection": EdgePolicy.oddReflection, "scipy": .scipy,
                "constant": .constant, "none": EdgePolicy.none,
            ])
        let engine = try object.optional("engine")?.choice(
            ["spectral": Engine.spectral, "recursive": .recursive])
        let precision = try object.optional("precision")?.choice(
            ["double": Precision.double, "single": .single])
        if edges == .scipy, engine == .spectral, let cursor = object.optional("edges") {
            throw cursor.error(
                expected: "a continuation that the spectral engine has", found: "scipy",
                hint: "leave engine out, or set engine: recursive")
        }
        if precision == .single, engine == .recursive || edges == .scipy,
            let cursor = object.optional("precision")
        {
            throw cursor.error(
                expected: "double with the recursive engine", found: "single",
                hint: "set engine: spectral for single precision")
        }
        let list = try object.required("stages")
        let elements = try list.array()
        guard !elements.isEmpty else {
            throw list.error(
                expected: "at least one stage",
                hint: "the stages are \(ConditioningStage.keys.joined(separator: ", "))")
        }
        var stages: [ConditioningStage] = []
        for element in elements { stages.append(try ConditioningStage(element)) }
        self.init(
            phase: phase ?? .zero, engine: engine ?? (edges == .scipy ? .recursive : .spectral),
            edges: edges ?? .oddReflection, precision: precision ?? .double, stages: stages,
            acceptsEnvelope: acceptsEnvelope ?? false,
            quality: try object.optional("quality").map { (cursor) throws(DocumentError) in
                try QualityPolicy(ofFits: cursor)
            } ?? QualityPolicy())
    }
}

extension ConditioningStage {
    /// What reads the members of each stage.
    private static var readers: KeyValuePairs<String, Reader> {
        [
            "band_pass": readBandPass, "high_pass": readHighPass, "low_pass": readLowPass,
            "band_stop": readBandStop, "notch": readNotch, "rectify": readRectify,
            "envelope": readEnvelope, "comb": readComb, "fir": readFinite,
            "spectrum_interpolation": readInterpolation, "detrend": readDetrend,
            "clip": readClip, "moving_rms": readMovingRMS, "moving_arv": readMovingARV,
            "hilbert": readHilbert, "teager_kaiser": readTeagerKaiser,
            "normalize": readNormalize, "resample": readResample,
        ]
    }

    private typealias Reader = (DocumentCursor) throws(DocumentError) -> ConditioningStage

    /// The keys of all stages.
    static var keys: [String] { readers.map(\.key) }

    /// Reads a stage: an object with the stage's name as its only member, or the name alone.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        if case .string = cursor.value.content {
            let read = try cursor.choice(Self.readers)
            let empty = DocumentValue(.object([]), at: cursor.value.position)
            self = try read(
                DocumentCursor(value: empty, document: cursor.document, path: cursor.path))
            return
        }
        let object = try cursor.object(allowing: Self.keys)
        guard let entry = object.entries.first, object.entries.count == 1 else {
            throw cursor.error(
                expected: "one stage", found: "\(object.entries.count) in one element",
                hint: "begin each stage with a dash of its own")
        }
        guard let read = Self.readers.first(where: { $0.key == entry.key })?.value else {
            throw cursor.error(expected: "a stage")
        }
        let members =
            entry.cursor.isNull
            ? DocumentCursor(
                value: DocumentValue(.object([]), at: entry.cursor.value.position),
                document: entry.cursor.document, path: entry.cursor.path) : entry.cursor
        self = try read(members)
    }

    private static func readBandPass(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["low_hz", "high_hz", "order"])
        let low = try members.optional("low_hz")?.frequency() ?? 20
        let high = try members.optional("high_hz")?.frequency(above: low)
        return .bandPass(low: low, high: high, order: try members.order())
    }

    private static func readHighPass(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["cutoff_hz", "order"])
        let cutoff = try members.required("cutoff_hz").frequency()
        return .highPass(cutoff: cutoff, order: try members.order())
    }

    private static func readLowPass(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["cutoff_hz", "order"])
        let cutoff = try members.required("cutoff_hz").frequency()
        return .lowPass(cutoff: cutoff, order: try members.order())
    }

    private static func readBandStop(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["low_hz", "high_hz", "order"])
        let low = try members.required("low_hz").frequency()
        let high = try members.required("high_hz").frequency(above: low)
        return .bandStop(low: low, high: high, order: try members.order())
    }

    private static func readNotch(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(
            allowing: ["mains_hz", "q", "width_hz", "harmonics"])
        let mains = try members.required("mains_hz").frequency()
        let harmonics = try members.optional("harmonics")?.integer(in: 1...10_000) ?? 1
        let quality = try members.optional("q")?.positive("a number above 0")
        guard let width = members.optional("width_hz") else {
            return .notch(
                mains: mains, width: .quality(quality ?? 30), harmonics: harmonics)
        }
        let bandwidth = try width.frequency()
        guard quality == nil else {
            throw width.error(
                expected: "either q or width_hz", found: "both", hint: "leave one of them out")
        }
        return .notch(mains: mains, width: .bandwidth(bandwidth), harmonics: harmonics)
    }

    private static func readRectify(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        _ = try cursor.object(allowing: [])
        return .rectify
    }

    private static func readEnvelope(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["cutoff_hz", "order"])
        let cutoff = try members.optional("cutoff_hz")?.frequency() ?? 6
        return .envelope(cutoff: cutoff, order: try members.order())
    }
}

extension DocumentObject {
    /// The member `order`, 4 when missing.
    func order() throws(DocumentError) -> Int {
        try optional("order")?.integer(in: 1...DesignChecks.highestOrder) ?? 4
    }
}

extension DocumentCursor {
    /// The value as a frequency above 0 Hz, or above another one.
    func frequency(above least: Double = 0) throws(DocumentError) -> Double {
        let frequency = try positive("a frequency above 0 Hz")
        guard frequency > least else {
            throw error(expected: "a frequency above low_hz, \(least.plain)")
        }
        return frequency
    }
}
