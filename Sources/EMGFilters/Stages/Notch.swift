package import Documents
package import EMGSignal

/// Notches at the mains frequency and its multiples: each frequency taken out by a pair of zeros
/// on the unit circle with a pair of poles close behind (the design of `scipy.signal.iirnotch`;
/// S. J. Orfanidis, Introduction to Signal Processing, 1996, §11.3).
package struct Notch: PipelineStage {
    /// How wide a notch is.
    package enum Width: Sendable, Hashable {
        /// The same center-to-width ratio at every multiple: higher notches are wider.
        case quality(Double)
        /// The same width between -3 dB points, in hertz, at every multiple.
        case bandwidth(Double)
    }

    /// The mains frequency in hertz.
    package var mains = 50.0
    /// How wide each notch is.
    package var width = Width.quality(30)
    /// How many multiples, the mains frequency being the first. Multiples that reach Nyquist are
    /// left out with a warning.
    package var harmonics = 1

    /// At 50 Hz, of quality 30.
    package init() {}

    /// The name in documents.
    package static let key = "notch"
    /// What it does, in a sentence.
    package static let documentation = "Notches at the mains frequency and its multiples."
    /// The members of documents.
    package static let fields = Fields<Self>(
        [
            .mains(\.mains),
            Field(
                optional: "q", \.quality, .positive("a number above 0"),
                "Center over the width between -3 dB points, the same at every multiple.",
                absence: .leftOut),
            Field(
                optional: "width_hz", \.bandwidth, .frequency,
                "The width between -3 dB points in Hz, the same at every multiple; instead of q.",
                absence: .leftOut),
            .harmonics(\.harmonics),
        ], rules: [.atMostOne(["q", "width_hz"])])

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        guard object.optional("q") != nil, let width = object.optional("width_hz") else { return }
        throw width.error(
            expected: "either q or width_hz", found: "both", hint: "leave one of them out")
    }

    /// The mains frequency in hertz that it takes out.
    package var mainsFrequency: Double? { mains }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        let frequencies = try input.limits.harmonics(
            of: mains, count: harmonics, warnings: &design.warnings)
        for frequency in frequencies {
            let notch =
                switch width {
                case .quality(let quality):
                    try Self.design(
                        center: frequency, quality: quality, samplingRate: input.samplingRate)
                case .bandwidth(let bandwidth):
                    try Self.design(
                        center: frequency, bandwidth: bandwidth, samplingRate: input.samplingRate)
                }
            design.elements.append(.iir(notch))
        }
        design.parameters = [
            "mains_hz": .number(mains), "notched_hz": .list(frequencies.map { .number($0) }),
        ]
        if let quality { design.parameters["q"] = .number(quality) }
        if let bandwidth { design.parameters["width_hz"] = .number(bandwidth) }
        return design
    }

    private var quality: Double? {
        get { if case .quality(let value) = width { value } else { nil } }
        set { if let newValue { width = .quality(newValue) } }
    }

    private var bandwidth: Double? {
        get { if case .bandwidth(let value) = width { value } else { nil } }
        set { if let newValue { width = .bandwidth(newValue) } }
    }

    /// A notch of a quality factor.
    ///
    /// - Parameters:
    ///   - center: The frequency taken out, in hertz, above 0 and below Nyquist.
    ///   - quality: The center over the width between the -3 dB points of one pass, above 0.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for a center or a quality that cannot be.
    package static func design(
        center: Double, quality: Double, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try CutoffLimits(samplingRate).check(center)
        guard quality.isFinite, quality > 0 else {
            throw FilterError(
                .unusableParameter(
                    name: "the quality of a notch", expected: "above 0", found: quality),
                hint: "30 takes out \((center / 30).plain) Hz around \(center.plain) Hz")
        }
        return try design(
            center: center, bandwidth: center / quality, samplingRate: samplingRate)
    }

    /// A notch of a bandwidth.
    ///
    /// - Parameters:
    ///   - center: The frequency taken out, in hertz, above 0 and below Nyquist.
    ///   - bandwidth: The width between the -3 dB points of one pass, in hertz, above 0 and below
    ///     Nyquist.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for a center or a bandwidth that cannot be.
    package static func design(
        center: Double, bandwidth: Double, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try CutoffLimits(samplingRate).check(center)
        guard bandwidth.isFinite, bandwidth > 0, bandwidth < samplingRate.nyquist else {
            throw FilterError(
                .unusableParameter(
                    name: "the bandwidth of a notch",
                    expected: "above 0 and below \(samplingRate.nyquist.plain) Hz",
                    found: bandwidth),
                hint: "1 to 3 Hz is usual for mains hum")
        }
        let rate = samplingRate.hertz
        let band = BilinearSection.Band(center: center / rate, bandwidth: bandwidth / rate)
        let factor = BilinearSection(
            numerator: [band.centerSquared, 0, 1],
            denominator: [band.centerSquared, band.width, 1])
        return try FilterDesign(
            shape: .notch(center: center, bandwidth: bandwidth), order: 1,
            samplingRate: samplingRate, factors: [factor])
    }
}

extension PipelineStage where Self == Notch {
    /// Notches at the mains frequency and its multiples.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - width: How wide each notch is.
    ///   - harmonics: How many multiples, the mains frequency being the first.
    /// - Returns: The stage.
    package static func notch(
        mains: Double, width: Notch.Width = Notch().width, harmonics: Int = 1
    ) -> Notch {
        var stage = Notch()
        (stage.mains, stage.width, stage.harmonics) = (mains, width, harmonics)
        return stage
    }
}
