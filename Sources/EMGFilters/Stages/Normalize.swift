package import Documents
internal import EMGSignal

/// Amplitudes made comparable.
package struct Normalize: PipelineStage {
    /// What amplitudes are divided by.
    package enum Method: String, Sendable, Hashable, CaseIterable {
        /// The standard deviation, with the mean taken off.
        case zScore = "z_score"
        /// The range, with the lowest sample taken off.
        case minMax = "min_max"
        /// A percentile of the magnitudes.
        case percentile
        /// The amplitude of a maximal voluntary contraction.
        case mvc
    }

    /// What amplitudes are divided by.
    package var method = Method.zScore
    /// Which percentile of the magnitudes; `nil` for 100, or for 95 with ``recording``.
    package var percentile: Double?
    /// For ``Method/mvc``, one amplitude a channel or one for all; none when they are to be
    /// measured.
    package var values: [Double] = []
    /// For ``Method/mvc``, the recording that amplitudes are measured in, or were.
    package var recording: String?

    /// By the standard deviation.
    package init() {}

    /// The name in documents.
    package static let key = "normalize"
    /// What it does, in a sentence.
    package static let documentation =
        "Amplitudes made comparable; what was fitted is recorded in the history."
    /// The members of documents.
    package static let fields = Fields<Self>(
        [
            Field(
                "method", \.method, .choice,
                "z_score: less the mean, over the standard deviation. min_max: from 0 to 1. "
                    + "percentile: over a percentile of the magnitudes. mvc: over the amplitude of "
                    + "a maximal voluntary contraction.", isRequired: true),
            Field(
                optional: "percentile", \.percentile, .number(in: 0.001...100),
                "Of the magnitudes; 100 when left out, 95 with recording.", absence: .leftOut),
            Field(
                optional: "values", \.statedValues,
                .list(
                    of: .positive("an amplitude above 0"), count: 1 ... .max,
                    lack: { $0.error(expected: "at least one value") }),
                "mvc: one amplitude a channel, or one for all.", absence: .leftOut),
            Field(
                optional: "recording", \.recording, .text,
                "mvc: the recording of the archive to take amplitudes from: a condition (with its "
                    + "run, as condition-run) of the same session, session/condition of the same "
                    + "patient, or patient/session/condition of anyone.", absence: .leftOut
            ).written { $0.values.isEmpty },
        ],
        rules: [
            .when(
                "method", is: ["mvc"], orMissing: false,
                [.exactlyOne(["values", "recording"]), .atMostOne(["values", "percentile"])]),
            .when(
                "method", is: ["z_score", "min_max"], orMissing: false,
                [.none(["values", "recording", "percentile"])]),
            .when(
                "method", is: ["percentile"], orMissing: false, [.none(["values", "recording"])]),
        ])

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        switch method {
        case .zScore, .minMax: try object.refuse(["values", "recording", "percentile"])
        case .percentile: try object.refuse(["values", "recording"])
        case .mvc where !values.isEmpty: try object.refuse(["recording", "percentile"])
        case .mvc:
            guard recording == nil else { return }
            throw try object.required("method").error(
                expected: "values or recording beside method: mvc",
                hint: "values: [250] states amplitudes, recording: p1/s1/mvc names where to "
                    + "measure them")
        }
    }

    private var statedValues: [Double]? {
        get { values.isEmpty ? nil : values }
        set { values = newValue ?? [] }
    }

    /// What is done.
    package var kind: AmplitudeNormalization {
        switch method {
        case .zScore: .zScore
        case .minMax: .minMax
        case .percentile: .percentile(percentile ?? 100)
        case .mvc:
            if let recording, values.isEmpty {
                .mvcRecording(name: recording, percentile: percentile ?? 95)
            } else {
                .mvc(values: values, source: recording ?? AmplitudeNormalization.stated)
            }
        }
    }

    /// The recording that amplitudes are to be measured in.
    package var reference: StageReference? {
        guard case .mvcRecording(let name, let percentile) = kind else { return nil }
        return StageReference(name: name, parameters: ["percentile": .number(percentile)])
    }

    /// The stage with the amplitudes of a recording.
    package func fitted(on recording: ReferenceSamples) throws(FilterError) -> Normalize {
        guard case .mvcRecording(_, let percentile) = kind else { return self }
        var fitted = self
        fitted.recording = recording.name
        for (channel, samples) in recording.channels.enumerated() {
            let value = AmplitudeNormalization.percentile(percentile, samples.map { abs($0) })
            guard let value, value > 0 else {
                throw FilterError(
                    .unusableParameter(
                        name: "the amplitude of channel \(channel + 1)",
                        expected: "above 0", found: value ?? .nan),
                    location: recording.name, hint: "choose a recording with a contraction in it")
            }
            fitted.values.append(value)
        }
        return fitted
    }

    /// Refuses a recording without an amplitude for each channel.
    package func check(channelCount: Int) throws(FilterError) {
        if case .mvcRecording(let name, _) = kind {
            throw FilterError(
                .contradiction("no amplitude of the recording \(name.debugDescription)"),
                hint: "fit the pipeline to that recording first")
        }
        try kind.check(channelCount: channelCount)
    }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        try kind.check()
        return StageDesign([.channel(kind)], parameters: kind.parameters)
    }
}

extension PipelineStage where Self == Normalize {
    /// Amplitudes made comparable.
    ///
    /// - Parameter kind: What they are divided by.
    /// - Returns: The stage.
    package static func normalize(_ kind: AmplitudeNormalization) -> Normalize {
        var stage = Normalize()
        switch kind {
        case .zScore: stage.method = .zScore
        case .minMax: stage.method = .minMax
        case .percentile(let percent):
            (stage.method, stage.percentile) = (.percentile, percent)
        case .mvc(let values, let source):
            (stage.method, stage.values) = (.mvc, values)
            if source != AmplitudeNormalization.stated { stage.recording = source }
        case .mvcRecording(let name, let percent):
            (stage.method, stage.recording, stage.percentile) = (.mvc, name, percent)
        }
        return stage
    }
}
