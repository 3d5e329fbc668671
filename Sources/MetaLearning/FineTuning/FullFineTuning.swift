package import Documents

/// All parameters are fine-tuned.
package struct FullFineTuning: FineTuning, Hashable {
    /// The rate of its steps, from 10⁻¹² to 100; `nil` for that of `inner`.
    package var learningRate: Double?

    /// At the rate of `inner`.
    package init() {}

    /// `all`.
    package static let key = "all"
    /// What it is.
    package static let documentation = "All parameters."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .ownRate(\.learningRate)
    ]
}
