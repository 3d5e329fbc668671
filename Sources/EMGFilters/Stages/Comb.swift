package import Documents
package import EMGSignal
private import FFTW
private import Foundation

/// A comb: a frequency and all its multiples, and 0 Hz, taken out at once (the design of
/// `scipy.signal.iircomb` with `ftype="notch"`; S. J. Orfanidis, Introduction to Signal
/// Processing, 1996, §11.5).
package struct Comb: PipelineStage {
    /// The frequency in hertz, of which the sampling rate is a multiple.
    package var fundamental = 50.0
    /// The frequency over the width between the -3 dB points of one pass, above 1.
    package var quality = 30.0

    /// At multiples of 50 Hz, of quality 30.
    package init() {}

    /// The name in documents.
    package static let key = "comb"
    /// What it does, in a sentence.
    package static let documentation =
        "Narrow notches at 0 Hz and every multiple of a frequency that the sampling rate is a "
        + "multiple of."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field("fundamental_hz", \.fundamental, .frequency, "The frequency.", isRequired: true),
        Field("q", \.quality, .quality, "Frequency over the width between -3 dB points."),
    ]

    /// The mains frequency in hertz that it takes out.
    package var mainsFrequency: Double? { fundamental }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        try input.limits.check(fundamental)
        design.add(
            try Self.design(
                fundamental: fundamental, quality: quality, samplingRate: input.samplingRate),
            cutoffs: [fundamental])
        design.parameters["q"] = .number(quality)
        return design
    }

    /// A comb of notches.
    ///
    /// - Parameters:
    ///   - fundamental: The frequency, in hertz; the sampling rate is a multiple of it.
    ///   - quality: The frequency over the width between the -3 dB points of one pass, above 1.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design: as many poles as there are samples in a period.
    /// - Throws: ``FilterError`` for a frequency or a quality that cannot be.
    package static func design(
        fundamental: Double, quality: Double, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try CutoffLimits(samplingRate).check(fundamental)
        let period = samplingRate.hertz / fundamental
        let count = period.rounded()
        guard abs(period - count) <= 1e-9 * period, count >= 2, count <= 4_096 else {
            throw FilterError(
                .unusableParameter(
                    name: "the samples in a period of a comb",
                    expected: "a whole number from 2 to 4096", found: period),
                hint: "use notch with harmonics, which has no such condition, or resample first")
        }
        guard quality.isFinite, quality > 1 else {
            throw FilterError(
                .unusableParameter(
                    name: "the quality of a comb", expected: "above 1", found: quality),
                hint: "30 takes out \((fundamental / 30).plain) Hz around each multiple")
        }
        let bandwidth = fundamental / quality
        let beta = tanPi(bandwidth / 2 / fundamental)
        // The poles lie on a circle: the (1 - β) / (1 + β) of a period, shared by its samples.
        let radius = exp((log1p(-beta) - log1p(beta)) / count)
        // One factor for each pair of zeros, all with a share of the gain.
        let pairs = Int(count - 1) / 2
        let singles = Int(count).isMultiple(of: 2) ? 2 : 1
        let gain = exp(-log1p(beta) / Double(pairs + singles))
        // In the plane of the bilinear transform a pole at radius·(±1) is real.
        let real = (1 - radius) / (1 + radius)
        var factors = [
            BilinearSection(
                numerator: [0, gain * 2 / (1 + radius), 0], denominator: [real, 1, 0])
        ]
        for index in stride(from: 1, through: pairs, by: 1) {
            let angle = Double(index) / count
            let (sine, cosine) = (sinPi(angle), cosPi(angle))
            // z² - 2·r·cos·z + r² with z = (1 + s) / (1 - s), both sides over what keeps s² at 1.
            let low = (1 - radius) * (1 - radius) + 4 * radius * sine * sine
            let high = (1 - radius) * (1 - radius) + 4 * radius * cosine * cosine
            let middle = 2 * (1 - radius * radius)
            factors.append(
                BilinearSection(
                    numerator: [gain * 4 * sine * sine, 0, gain * 4 * cosine * cosine],
                    denominator: [low, middle, high]))
        }
        if singles == 2 {
            factors.append(
                BilinearSection(
                    numerator: [gain * 2 / (1 + radius), 0, 0], denominator: [1, real, 0]))
        }
        return try FilterDesign(
            shape: .comb(fundamental: fundamental, bandwidth: bandwidth), order: 1,
            samplingRate: samplingRate, factors: factors)
    }
}

extension FieldFormat<Double> {
    /// A number above 1; whether it is, the design says.
    fileprivate static var quality: FieldFormat {
        FieldFormat(
            .number(minimum: 1, maximum: nil, above: true),
            read: { cursor throws(DocumentError) in try cursor.positive("a number above 1") },
            write: { DocumentValue(.number($0)) })
    }
}

extension PipelineStage where Self == Comb {
    /// Narrow notches at 0 Hz and every multiple of a frequency.
    ///
    /// - Parameters:
    ///   - fundamental: The frequency in hertz, of which the sampling rate is a multiple.
    ///   - quality: The frequency over the width between -3 dB points.
    /// - Returns: The stage.
    package static func comb(fundamental: Double, quality: Double = Comb().quality) -> Comb {
        var stage = Comb()
        (stage.fundamental, stage.quality) = (fundamental, quality)
        return stage
    }
}
