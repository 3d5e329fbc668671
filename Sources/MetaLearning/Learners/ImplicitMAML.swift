package import Documents

/// MAML through the fixed point of proximal adaptation (Rajeswaran, Finn, Kakade and Levine,
/// "Meta-learning with implicit gradients", 2019).
package struct ImplicitMAML: MetaLearner, Hashable {
    /// λ, by which adaptation is pulled back to its start, from 10⁻⁹ to 10⁹.
    package var lambda = 2.0
    /// How the linear system is solved.
    package var rule = ImplicitSolver.Rule.conjugateGradient
    /// The solver's iterations, from 1 to 10,000.
    package var iterations = 5

    /// λ of 2 and five conjugate gradients.
    package init() {}

    /// Creates the learner.
    ///
    /// - Parameter solver: How the linear system is solved; its λ also pulls the adaptation back to
    ///   its start.
    package init(_ solver: ImplicitSolver) {
        lambda = solver.lambda
        rule = solver.rule
        iterations = solver.iterations
    }

    /// `implicit_maml`.
    package static let key = "implicit_maml"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Implicit MAML, through the fixed point of adaptation."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field(
            "lambda", \.lambda, .number(in: 1e-9...1e9),
            "The weight of lambda/2 |phi - theta|^2."),
        Field("solver", \.rule, .choice, "How the linear system is solved."),
        Field(
            "solver_iterations", \.iterations, .integer(in: 1...10_000),
            "Iterations of the solver."),
    ]

    /// How the linear system is solved.
    package var solver: ImplicitSolver {
        ImplicitSolver(rule, iterations: iterations, lambda: lambda)
    }

    /// The implicit gradient.
    package func goal(epoch: Int) -> AdaptationGoal { .implicitGradient(solver) }

    /// With `λ/2 ‖φ − θ‖²` added to each support loss.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.lambda = lambda
        return settings
    }
}
