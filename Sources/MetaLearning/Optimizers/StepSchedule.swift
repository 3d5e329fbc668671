package import Documents

/// Times a factor every so many meta-epochs: PyTorch's `StepLR`.
package struct StepSchedule: LearningRateSchedule, Hashable {
    /// Meta-epochs between two changes, from 1 to 1,000,000.
    package var step = 15
    /// What the rate is multiplied by, from 10⁻⁶ to 1.
    package var factor = 0.9

    /// Times 0.9 every 15 meta-epochs.
    package init() {}

    /// Times a factor every so many meta-epochs.
    package init(step: Int, factor: Double) {
        self.step = step
        self.factor = factor
    }

    /// `step`.
    package static let key = "step"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Times factor every step meta-epochs."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("step", \.step, .integer(in: 1...1_000_000), "Meta-epochs between two changes."),
        .factor(\.factor),
    ]

    /// The rate in an epoch.
    package func rate(_ base: Double, epoch: Int, of epochs: Int, losses: [Double]) -> Double {
        (0..<epoch / step).reduce(base) { rate, _ in rate * factor }
    }
}

extension Field {
    /// What a schedule multiplies the rate by.
    static func factor(_ path: any WritableKeyPath<Root, Double> & Sendable) -> Field {
        Field("factor", path, .number(in: 1e-6...1), "What the rate is multiplied by.")
    }

    /// The lowest rate of a schedule.
    static func minimum(_ path: any WritableKeyPath<Root, Double> & Sendable) -> Field {
        Field("minimum", path, .number(in: 0...100), "The lowest rate.")
    }
}
