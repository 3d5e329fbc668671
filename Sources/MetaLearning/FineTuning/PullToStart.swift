package import Documents

/// All parameters are fine-tuned and pulled back to where they start (Li, Grandvalet and Davoine,
/// "Explicit inductive bias for transfer learning", 2018: L2-SP).
package struct PullToStart: FineTuning, Hashable {
    /// The rate of its steps, from 10⁻¹² to 100; `nil` for that of `inner`.
    package var learningRate: Double?
    /// λ of `λ/2 ‖φ − θ‖²`, which is added to each loss, from 10⁻⁹ to 10⁹.
    package var pull = 0.1

    /// At the rate of `inner`.
    package init() {}

    /// `l2_to_start`.
    package static let key = "l2_to_start"
    /// What it is.
    package static let documentation = "L2-SP: all parameters, pulled back to their start."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .ownRate(\.learningRate),
        Field(
            "pull", \.pull, .number(in: 1e-9...1e9),
            "The weight of pull/2 |phi - theta|^2, which is added to each loss."),
    ]

    /// With the pull in each loss.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.lambda = pull
        return settings
    }
}
