private import Foundation

/// A lower rate to run a low-pass at: it lets nothing of the upper frequencies through, so that
/// they need not be transformed.
///
/// Samples are weighted by a Kaiser window in front of the filter, of which one in ``factor`` is
/// computed, and again behind it, where all are. The window's response falls from 0 Hz on; the
/// filter's is divided by its square, which makes up for that. What folds back is below the share
/// of the response that is cut off anyway.
struct RateReduction: Sendable, Hashable {
    /// How many samples make one: 4, 8 or 16.
    let factor: Int
    /// The weights on one side, the middle one first; all of them sum to 1.
    let weights: [Double]

    /// Samples that the weights reach to each side.
    var reach: Int { weights.count - 1 }

    /// Finds the greatest reduction that a response allows: `nil` when too much of the upper
    /// frequencies passes.
    ///
    /// - Parameters:
    ///   - level: What may fold back, as a share of the greatest gain.
    ///   - gain: The gain at a fraction of the rate.
    init?(level: Double, gain: (Double) -> Double) {
        let bins = 128
        for factor in [16, 8, 4] {
            let gains = (0...bins).map { abs(gain(Double($0) / Double(2 * factor * bins))) }
            // Further up it may rise again, as that of a high-pass does.
            let upper = (0...bins).map { bin in
                abs(gain(0.5 - Double(bin) / Double(bins) * (0.5 - 0.5 / Double(factor))))
            }
            let greatest = gains.max() ?? 0
            guard greatest > 0, gains[bins] <= level * greatest,
                upper.allSatisfy({ $0 <= level * greatest })
            else { continue }
            for length in stride(from: 4 * factor, through: 10 * factor, by: factor / 2) {
                let candidate = RateReduction(
                    factor: factor, weights: Self.kaiser(length: length, level: level / 8))
                let folded = (0...bins).map {
                    gains[$0] * candidate.aliases(Double($0) / Double(2 * factor * bins))
                }
                if folded.allSatisfy({ $0 <= level * greatest }) {
                    self = candidate
                    return
                }
            }
        }
        return nil
    }

    private init(factor: Int, weights: [Double]) {
        self.factor = factor
        self.weights = weights
    }

    /// The response of the weights at a fraction of the rate.
    func gain(_ fraction: Double) -> Double {
        // Clenshaw's recurrence for a sum of cosines.
        let twice = 2 * cos(2 * .pi * fraction)
        var (last, beforeLast) = (0.0, 0.0)
        for weight in weights.dropFirst().reversed() {
            (last, beforeLast) = (2 * weight + twice * last - beforeLast, last)
        }
        return weights[0] + 0.5 * twice * last - beforeLast
    }

    /// The sum of what folds onto a frequency, over what belongs there.
    private func aliases(_ fraction: Double) -> Double {
        var sum = 0.0
        for image in 1...factor / 2 {
            let center = Double(image) / Double(factor)
            sum += abs(gain(center - fraction)) + abs(gain(center + fraction))
        }
        return sum / abs(gain(fraction))
    }

    /// One side of a window whose side lobes are below a level.
    private static func kaiser(length: Int, level: Double) -> [Double] {
        var beta = 2.0
        while 0.2172 * beta / sinh(beta) > level { beta += 0.25 }
        let window = FIRWindow.kaiser(beta: beta).weights(length: 2 * length - 1)
        let sum = window.reduce(0, +)
        return window[(length - 1)...].map { $0 / sum }
    }
}
