package import Documents

/// Times a factor, but not below the lowest rate, whenever the loss has not fallen for more than
/// `patience` meta-epochs: PyTorch's `ReduceLROnPlateau` with its relative threshold of 10⁻⁴.
package struct PlateauSchedule: LearningRateSchedule, Hashable {
    /// What the rate is multiplied by, from 10⁻⁶ to 1.
    package var factor = 0.9
    /// Meta-epochs without a lower loss before the rate falls, from 0 to 1,000,000.
    package var patience = 10
    /// The lowest rate, from 0 to 100.
    package var minimum = 0.0

    /// Times 0.9 after more than 10 meta-epochs.
    package init() {}

    /// Times a factor after more meta-epochs than the patience, down to a lowest rate.
    package init(factor: Double, patience: Int, minimum: Double) {
        self.factor = factor
        self.patience = patience
        self.minimum = minimum
    }

    /// `plateau`.
    package static let key = "plateau"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Times factor when the loss has not fallen for more than patience meta-epochs, not below "
        + "minimum."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .factor(\.factor),
        Field(
            "patience", \.patience, .integer(in: 0...1_000_000),
            "Meta-epochs without a lower loss before the rate falls."),
        .minimum(\.minimum),
    ]

    /// The rate in an epoch.
    package func rate(_ base: Double, epoch: Int, of epochs: Int, losses: [Double]) -> Double {
        var (rate, best, waited) = (base, Double.infinity, 0)
        for loss in losses {
            if loss < best * (1 - 1e-4) {
                (best, waited) = (loss, 0)
            } else {
                waited += 1
            }
            if waited > patience {
                rate = max(rate * factor, minimum)
                waited = 0
            }
        }
        return rate
    }
}
