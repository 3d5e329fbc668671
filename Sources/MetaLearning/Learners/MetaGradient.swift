package import Autodiff

/// What a meta-step makes of its tasks' gradients.
package struct MetaGradient: Sendable, Hashable {
    /// Whether tasks' gradients are averaged; otherwise they are summed.
    package let averages: Bool
    /// The longest meta-gradient; a longer one is shortened to it.
    package let clipNorm: Double?

    /// Creates the rule.
    package init(averages: Bool, clipNorm: Double? = nil) {
        self.averages = averages
        self.clipNorm = clipNorm
    }

    /// Adds gradients up in the tasks' order.
    ///
    /// - Parameters:
    ///   - outcomes: What the tasks gave.
    ///   - weights: What each one weighs; 1 when left out.
    ///   - result: Set to the meta-gradient; its memory is used again.
    package func combine<Scalar: TensorScalar>(
        _ outcomes: [AdaptationOutcome<Scalar>], weights: [Double]? = nil,
        into result: inout [Scalar]
    ) {
        let count = outcomes.first?.gradient.count ?? 0
        if result.count != count { result = Array(repeating: 0, count: count) }
        for index in result.indices { result[index] = 0 }
        let share = share(of: outcomes.count)
        for (place, outcome) in outcomes.enumerated() {
            Elements.add(
                outcome.gradient, times: Scalar(share * (weights?[place] ?? 1)), to: &result)
        }
        clip(&result)
    }

    /// What a gradient of so many counts for, before its weight.
    func share(of count: Int) -> Double { averages ? 1 / Double(max(1, count)) : 1 }

    /// Shortens a meta-gradient that is too long.
    func clip<Scalar: TensorScalar>(_ result: inout [Scalar]) {
        guard let clipNorm else { return }
        let norm = result.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm > clipNorm else { return }
        let factor = Scalar(clipNorm / norm)
        for index in result.indices { result[index] *= factor }
    }
}
