package import Documents
private import Foundation

/// Along half a cosine to the lowest rate after the last meta-epoch: PyTorch's `CosineAnnealingLR`.
package struct CosineSchedule: LearningRateSchedule, Hashable {
    /// The lowest rate, from 0 to 100.
    package var minimum = 0.0

    /// To 0.
    package init() {}

    /// To a lowest rate.
    package init(minimum: Double) { self.minimum = minimum }

    /// `cosine`.
    package static let key = "cosine"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Along half a cosine to minimum at the last meta-epoch."
    /// Its settings.
    package static let fields: Fields<Self> = [.minimum(\.minimum)]

    /// The rate in an epoch.
    package func rate(_ base: Double, epoch: Int, of epochs: Int, losses: [Double]) -> Double {
        let share = Double(min(epoch, epochs)) / Double(max(1, epochs))
        return minimum + (base - minimum) * (1 + cos(Double.pi * share)) / 2
    }
}
