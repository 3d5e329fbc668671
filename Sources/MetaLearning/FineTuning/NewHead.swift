package import Documents

/// The last layer starts from 0 on each support, and all parameters are fine-tuned.
package struct NewHead: FineTuning, Hashable {
    /// The rate of its steps, from 10⁻¹² to 100; `nil` for that of `inner`.
    package var learningRate: Double?

    /// At the rate of `inner`.
    package init() {}

    /// `new_head`.
    package static let key = "new_head"
    /// What it is.
    package static let documentation = "All parameters; the last layer starts from 0."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .ownRate(\.learningRate)
    ]

    /// With a last layer of zeros.
    package func prepare(_ values: inout [Float], _ layout: ParameterLayout) {
        for index in layout.lastLayers(1) { values[index] = 0 }
    }
}
