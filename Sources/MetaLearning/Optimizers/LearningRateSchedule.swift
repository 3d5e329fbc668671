private import Foundation

/// The outer learning rate from meta-epoch to meta-epoch, as PyTorch's schedulers have it.
package enum LearningRateSchedule: Sendable, Hashable {
    /// Times `factor` every `step` epochs: `StepLR`.
    case step(step: Int, factor: Double)
    /// Along half a cosine to `minimum` after `epochs`: `CosineAnnealingLR`.
    case cosine(epochs: Int, minimum: Double)
    /// Times `factor`, but not below `minimum`, whenever the loss has not fallen for more than
    /// `patience` epochs: `ReduceLROnPlateau` with its relative threshold of 10⁻⁴.
    case plateau(factor: Double, patience: Int, minimum: Double)

    /// The rate in an epoch.
    ///
    /// A function of what came before alone, so that a run that is resumed needs no state of it.
    ///
    /// - Parameters:
    ///   - base: The rate in the first epoch.
    ///   - epoch: The epoch, counted from 0.
    ///   - losses: The losses of the epochs before.
    /// - Returns: The rate.
    package func rate(_ base: Double, epoch: Int, losses: [Double]) -> Double {
        switch self {
        case .step(let step, let factor):
            return (0..<epoch / step).reduce(base) { rate, _ in rate * factor }
        case .cosine(let epochs, let minimum):
            let share = Double(min(epoch, epochs)) / Double(max(1, epochs))
            return minimum + (base - minimum) * (1 + cos(Double.pi * share)) / 2
        case .plateau(let factor, let patience, let minimum):
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
}

extension TrainingConfiguration {
    /// The outer learning rate's fall.
    var learningRateSchedule: LearningRateSchedule {
        let schedule = outer.schedule
        return switch schedule.kind {
        case .step: .step(step: schedule.step, factor: schedule.factor)
        case .cosine: .cosine(epochs: metaEpochs, minimum: schedule.minimum)
        case .plateau:
            .plateau(
                factor: schedule.factor, patience: schedule.patience, minimum: schedule.minimum)
        }
    }
}
