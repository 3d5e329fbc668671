private import Foundation

/// Decisions about windows whose classes are known: by those of training people who play the new one
/// it is found how sure a classifier may be.
package struct KnownDecisions: Sendable {
    /// The probabilities of the classes, `[windows][classes]`.
    package let probabilities: [[Double]]
    /// The class of each window.
    package let labels: [Int]

    /// Creates decisions.
    ///
    /// - Parameters:
    ///   - probabilities: The probabilities of the classes, before any temperature.
    ///   - labels: The class of each window.
    package init(_ probabilities: [[Double]], labels: [Int]) {
        precondition(probabilities.count == labels.count, "a class for each window")
        self.probabilities = probabilities
        self.labels = labels
    }

    /// The share of windows decided rightly; 0 without windows.
    package var accuracy: Double { accuracy(of: probabilities) }

    /// The share of windows decided rightly by somebody else.
    ///
    /// - Parameter probabilities: Other probabilities for the same windows.
    /// - Returns: From 0 to 1.
    package func accuracy(of probabilities: [[Double]]) -> Double {
        Double(zip(probabilities, labels).count { $0.likeliest == $1 })
            / Double(max(1, labels.count))
    }

    /// The mean of −log of the probability of the true class.
    ///
    /// - Parameter temperature: What logarithms of probabilities are divided by, above 0.
    /// - Returns: At least 0.
    package func loss(at temperature: Double) -> Double {
        zip(probabilities, labels).reduce(0) { sum, window in
            sum
                + window.0.map { log(max($0, 1e-300)) }
                .loss(of: window.1, sharpness: 1 / temperature)
        } / Double(max(1, labels.count))
    }
}

extension [KnownDecisions] {
    /// What logarithms may be divided by.
    private static let candidates = (0...20).map { exp(Double($0) / 10) }

    /// The temperature under which the true classes are likeliest, on the mean over people, with that
    /// mean; 1 without anybody.
    package var bestTemperature: (temperature: Double, loss: Double) {
        let losses = Self.candidates.map { temperature in
            reduce(0.0) { $0 + $1.loss(at: temperature) }
        }
        let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
        return (Self.candidates[best], losses[best] / Double(Swift.max(1, count)))
    }
}
