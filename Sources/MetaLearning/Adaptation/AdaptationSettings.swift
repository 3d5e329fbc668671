package import Autodiff

/// How a model adapts to a task, and how the query is cut.
public struct AdaptationSettings: Sendable {
    /// The rule of a step.
    public var optimizer: InnerOptimizer
    /// Passes over the support.
    public var epochs: Int
    /// Steps, in place of passes; they go round the support as often as needed.
    public var steps: Int?
    /// Support windows of a step.
    public var batchSize: Int
    /// Query windows whose losses are averaged before minibatches are summed.
    public var queryBatchSize: Int
    /// Seeds a random order of the support in each pass; `nil` for the order of the recording.
    public var shuffleSeed: UInt64?
    /// Seeds the masks of dropout.
    public var dropoutSeed: UInt64 = 0
    /// Whether dropout is left on when only a score is wanted.
    public var scoresWithDropout = false
    /// What is made small.
    public var loss = Loss.crossEntropy
    /// λ of `λ/2 ‖φ − θ‖²`, which is added to each support loss; 0 for none.
    public var lambda = 0.0
    /// Whether only the last layer adapts.
    public var adaptsHeadOnly = false

    /// Creates settings.
    ///
    /// - Parameters:
    ///   - optimizer: The rule of a step.
    ///   - epochs: Passes over the support, at least 0.
    ///   - batchSize: Support windows of a step, at least 1.
    ///   - queryBatchSize: Query windows whose losses are averaged, at least 1.
    ///   - shuffleSeed: Seeds a random order of the support in each pass.
    public init(
        optimizer: InnerOptimizer, epochs: Int, batchSize: Int, queryBatchSize: Int,
        shuffleSeed: UInt64? = nil
    ) {
        precondition(
            epochs >= 0 && batchSize >= 1 && queryBatchSize >= 1,
            "got \(epochs) epochs, batches of \(batchSize) and \(queryBatchSize)")
        self.optimizer = optimizer
        self.epochs = epochs
        self.batchSize = batchSize
        self.queryBatchSize = queryBatchSize
        self.shuffleSeed = shuffleSeed
    }

    /// Inner steps on a support of so many minibatches.
    package func stepCount(batches: Int) -> Int { steps ?? epochs * batches }
}

/// What is wanted of a task.
public enum AdaptationGoal: Sendable, Hashable {
    /// The derivative of the query loss by the initial parameters, through every inner step.
    case exactGradient
    /// The same of a weighted sum of the query losses after every step; all steps together weigh
    /// this share, and what is left goes to the last one (Antoniou, Edwards and Storkey 2019).
    case multiStepGradient(share: Double)
    /// The derivative of the query loss by the adapted parameters.
    case firstOrderGradient
    /// The initial parameters less the adapted ones.
    case displacement
    /// The derivative of the query loss by the initial parameters when adaptation ends where
    /// support loss and `λ/2 ‖φ − θ‖²` balance: `(I + H / λ)⁻¹ ∇`.
    case implicitGradient(ImplicitSolver)
    /// The query loss and accuracy after adaptation.
    case score
    /// Nothing but the adapted parameters.
    case parameters

    /// Whether a derivative is taken back through the inner steps.
    var isThroughSteps: Bool {
        switch self {
        case .exactGradient, .multiStepGradient: true
        case .firstOrderGradient, .displacement, .implicitGradient, .score, .parameters: false
        }
    }
}

/// How the linear system of the implicit gradient is solved, from 0 on.
public struct ImplicitSolver: Sendable, Hashable {
    /// The rules.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// Conjugate gradients (Hestenes and Stiefel 1952).
        case conjugateGradient = "conjugate_gradient"
        /// Steepest descent with the exact step.
        case steepestDescent = "steepest_descent"
    }

    /// The rule.
    public let rule: Rule
    /// How many iterations, always all of them.
    public let iterations: Int
    /// λ.
    public let lambda: Double

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

/// What a task gave.
package struct AdaptationOutcome<Scalar: Sendable>: Sendable {
    /// The task.
    package let id: String
    /// The mean loss of each step's minibatch before the step.
    package let supportLosses: [Scalar]
    /// The sum over query minibatches of their mean losses, after adaptation.
    package let queryLoss: Scalar
    /// How many query minibatches that is the sum of.
    package let queryBatchCount: Int
    /// How many query windows were predicted correctly.
    package let correctCount: Int
    /// How many query windows there are.
    package let queryCount: Int
    /// The class predicted for each query window, when only a score was wanted.
    package var predictions: [UInt8] = []
    /// The gradient by the initial parameters; empty when only a score was wanted.
    package var gradient: [Scalar]
    /// Minibatch gradients that were taken, repeated ones not counted.
    package let gradientCount: Int
    /// Hessian-vector products that were taken.
    package let hessianProductCount: Int
    /// How far off a regression is on the query; `nil` for classes.
    package var regression: RegressionScore?
    /// The largest memory that the trajectory needed, in bytes.
    package let trajectoryBytes: Int
    /// Inner steps taken, repeated ones included, over the trajectory's own.
    package let recomputation: Double

    /// Puts an outcome together.
    package init(
        id: String, supportLosses: [Scalar], queryLoss: Scalar, queryBatchCount: Int,
        correctCount: Int, queryCount: Int, gradient: [Scalar], gradientCount: Int,
        hessianProductCount: Int, trajectoryBytes: Int, recomputation: Double
    ) {
        self.id = id
        self.supportLosses = supportLosses
        self.queryLoss = queryLoss
        self.queryBatchCount = queryBatchCount
        self.correctCount = correctCount
        self.queryCount = queryCount
        self.gradient = gradient
        self.gradientCount = gradientCount
        self.hessianProductCount = hessianProductCount
        self.trajectoryBytes = trajectoryBytes
        self.recomputation = recomputation
    }

    /// The fraction of query windows predicted correctly; R² of a regression.
    package var accuracy: Double {
        regression?.determination ?? Double(correctCount) / Double(queryCount)
    }
}
