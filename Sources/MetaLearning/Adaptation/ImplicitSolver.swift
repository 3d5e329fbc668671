package import Autodiff

/// How the linear system of the implicit gradient is solved, from 0 on.
public struct ImplicitSolver: Sendable, Hashable {
    /// The rules.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// Conjugate gradients (Hestenes and Stiefel 1952).
        case conjugateGradient = "conjugate_gradient"
        /// Steepest descent with the exact step.
        case steepestDescent = "steepest_descent"
    }

    /// How an iteration chooses its direction.
    package let rule: Rule
    /// How many iterations, always all of them.
    package let iterations: Int
    /// λ.
    package let lambda: Double

    /// Creates a solver.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - iterations: How many iterations, at least 1.
    ///   - lambda: λ, above 0.
    public init(_ rule: Rule, iterations: Int, lambda: Double) {
        precondition(iterations >= 1 && lambda > 0, "needs an iteration and a λ above 0")
        self.rule = rule
        self.iterations = iterations
        self.lambda = lambda
    }

    /// Solves `(I + H / λ) x = b`.
    ///
    /// - Parameters:
    ///   - right: `b`.
    ///   - multiply: Adds `H v` to its second argument.
    /// - Returns: `x` after the iterations.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func solve<Scalar: TensorScalar>(
        _ right: [Scalar], multiply: (_ v: [Scalar], _ result: inout [Scalar]) -> Void
    ) -> [Scalar] {
        let inverse = Scalar(1 / lambda)
        var solution = [Scalar](repeating: 0, count: right.count)
        var residual = right
        var direction = right
        var product = solution
        var square = Self.dot(residual, residual)
        for _ in 0..<iterations where square > 0 {
            for index in product.indices { product[index] = 0 }
            multiply(direction, &product)
            for index in product.indices {
                product[index] = direction[index] + product[index] * inverse
            }
            let curvature = Self.dot(direction, product)
            guard curvature != 0 else { break }
            let step = Scalar(square / curvature)
            for index in solution.indices { solution[index] += step * direction[index] }
            for index in residual.indices { residual[index] -= step * product[index] }
            let next = Self.dot(residual, residual)
            switch rule {
            case .conjugateGradient:
                let kept = Scalar(next / square)
                for index in direction.indices {
                    direction[index] = residual[index] + kept * direction[index]
                }
            case .steepestDescent:
                for index in direction.indices { direction[index] = residual[index] }
            }
            square = next
        }
        return solution
    }

    private static func dot<Scalar: TensorScalar>(
        _ left: [Scalar], _ right: [Scalar]
    ) -> Double {
        var sum = 0.0
        for index in left.indices { sum += Double(left[index]) * Double(right[index]) }
        return sum
    }
}
