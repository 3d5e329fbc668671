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
        default: false
        }
    }
}
