private import Foundation

extension [Double] {
    /// Probabilities in proportion to the exponentials of the numbers, at least one of them finite.
    package var softmax: [Double] {
        let highest = self.max() ?? 0
        let weights = map { exp($0 - highest) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// The logarithm of the sum of the exponentials of the numbers.
    package var logSumExp: Double {
        let highest = self.max() ?? 0
        return highest + log(reduce(0) { $0 + exp($1 - highest) })
    }
}
