package import Documents
internal import EMGSignal

/// Mains hum and its multiples taken out by spectrum interpolation.
package struct SpectrumInterpolation: PipelineStage {
    /// The mains frequency in hertz.
    package var mains = 50.0
    /// What is replaced around each line, in hertz.
    package var width = 2.0
    /// How many multiples, the mains frequency being the first.
    package var harmonics = 1

    /// 2 Hz around 50 Hz.
    package init() {}

    /// The name in documents.
    package static let key = "spectrum_interpolation"
    /// What it does, in a sentence.
    package static let documentation =
        "Mains hum taken out by replacing the magnitudes around each line by those beside it "
        + "(Mewett 2001); for mains that drift. Whole signals only."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        .mains(\.mains),
        Field("width_hz", \.width, .frequency, "What is replaced around each line, in Hz."),
        .harmonics(\.harmonics),
    ]

    /// The mains frequency in hertz that it takes out.
    package var mainsFrequency: Double? { mains }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        let lines = try input.limits.harmonics(
            of: mains, count: harmonics, warnings: &design.warnings)
        guard width > 0, width.isFinite, width < mains else {
            throw FilterError(
                .unusableParameter(
                    name: "the width of the interpolation",
                    expected: "above 0 and below \(mains.plain) Hz", found: width),
                hint: "2 to 4 Hz covers a network that drifts")
        }
        design.elements = [
            .channel(
                LineInterpolation(frequencies: lines, width: width, rate: input.samplingRate.hertz))
        ]
        design.parameters = [
            "mains_hz": .number(mains), "width_hz": .number(width),
            "interpolated_hz": .list(lines.map { .number($0) }),
        ]
        return design
    }
}

extension PipelineStage where Self == SpectrumInterpolation {
    /// Mains hum and its multiples taken out by spectrum interpolation.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - width: What is replaced around each line, in hertz.
    ///   - harmonics: How many multiples, the mains frequency being the first.
    /// - Returns: The stage.
    package static func spectrumInterpolation(
        mains: Double, width: Double = SpectrumInterpolation().width, harmonics: Int = 1
    ) -> SpectrumInterpolation {
        var stage = SpectrumInterpolation()
        (stage.mains, stage.width, stage.harmonics) = (mains, width, harmonics)
        return stage
    }
}
