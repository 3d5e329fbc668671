import Foundation
import MyoTask

/// Amplitudes compressed by the μ-law of telephony, so that weak contractions count:
/// `y = sign(x) · ln(1 + μ|x|/m) / ln(1 + μ)`.
struct MuLaw: PipelineStage {
    /// m, the amplitude that becomes 1, in the signal's unit.
    var maximum = 1.0
    /// μ, how much is compressed.
    var mu = 255.0

    static let key = "mu_law"
    static let documentation = "Amplitudes compressed by the μ-law."
    static let fields: Fields<Self> = [
        Field(
            "maximum", \.maximum, .positive("an amplitude above 0"),
            "The amplitude that becomes 1, in the signal's unit.", isRequired: true),
        Field("mu", \.mu, .positive("a number above 0"), "How much is compressed."),
    ]

    func design(for input: StageInput) throws(FilterError) -> StageDesign {
        let (maximum, mu) = (maximum, mu)
        let compress: @Sendable (Double) -> Double = { sample in
            let magnitude = log1p(mu * abs(sample) / maximum) / log1p(mu)
            return sample < 0 ? -magnitude : magnitude
        }
        return StageDesign(
            [.sample(.function(summary: "μ-law of each sample", compress))],
            parameters: ["maximum": .number(maximum), "mu": .number(mu)])
    }
}
