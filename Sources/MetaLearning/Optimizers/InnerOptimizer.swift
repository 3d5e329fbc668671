import Autodiff

/// The rule of a step of adaptation and its adjoint.
///
/// A step maps a state (parameters and moments) and a gradient to the next state. Its adjoint
/// maps the derivative of the query loss by the next state to that by the state before; the part
/// that goes through the gradient comes out as a direction, by which the caller multiplies the
/// support loss's Hessian. Both work on blocks of the flat vector.
public enum InnerOptimizer: Sendable, Hashable {
    /// Gradient descent.
    case sgd(InnerSGD)
    /// Gradient descent with momentum.
    case momentum(InnerMomentum)
    /// Adam in the form that is differentiated.
    case adam(InnerAdam)
    /// Gradient descent with learned rates, which stand behind the parameters in the flat vector;
    /// they start from this number.
    case learnedRates(start: Double)

    /// Moments that are kept besides the parameters.
    public var momentCount: Int {
        switch self {
        case .sgd, .learnedRates: 0
        case .momentum: 1
        case .adam: 2
        }
    }

    /// Whether the adjoint depends on the step's gradient.
    var adjointNeedsGradient: Bool {
        switch self {
        case .sgd, .momentum: false
        case .adam, .learnedRates: true
        }
    }

    /// Whether the adjoint depends on the moments before the step.
    var adjointNeedsMoments: Bool {
        switch self {
        case .sgd, .momentum, .learnedRates: false
        case .adam: true
        }
    }

    /// Whether the rates are learned.
    public var learnsRates: Bool {
        if case .learnedRates = self { true } else { false }
    }

    /// Takes a step on one block.
    ///
    /// - Parameters:
    ///   - state: The state after; also the state before when there is no other `source`.
    ///   - source: The state before, when it is to stay as it is.
    ///   - block: The gradient's place in the flat vector.
    ///   - gradient: The block's gradient.
    ///   - step: How many steps were taken before.
    ///   - movesParameters: Whether parameters are updated too, or moments only.
    ///   - rates: The learned rates, when there are any.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool,
        rates: [Scalar]
    ) {
        switch self {
        case .sgd(let rule):
            guard movesParameters else { return }
            rule.update(&state.parameters, from: source, in: block, gradient: gradient)
        case .momentum(let rule):
            rule.update(
                &state.parameters, &state.first, from: source, in: block, gradient: gradient,
                movesParameters: movesParameters)
        case .learnedRates:
            guard movesParameters else { return }
            InnerMetaSGD.update(
                &state.parameters, from: source, in: block, gradient: gradient, rates: rates)
        case .adam(let rule):
            rule.update(
                &state.parameters, &state.first, &state.second, from: source, in: block,
                gradient: gradient, step: step, movesParameters: movesParameters)
        }
    }

    /// Takes the derivative by the next state back to the state before, on one block, in place.
    ///
    /// - Parameters:
    ///   - adjoint: The derivative of the query loss by the next state; afterwards by the state
    ///     before, without what goes through the gradient.
    ///   - direction: Set to the derivative of the query loss by the step's gradient.
    ///   - state: The state before the step; its parameters are not read.
    ///   - block: The block.
    ///   - gradient: The block's gradient; empty unless ``adjointNeedsGradient``.
    ///   - step: How many steps were taken before.
    ///   - rates: The learned rates, when there are any.
    ///   - byRates: What the derivative by the rates is added to.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int, rates: [Scalar], byRates: inout [Scalar]
    ) {
        switch self {
        case .sgd(let rule):
            rule.pullBack(adjoint.parameters, to: &direction, in: block)
        case .momentum(let rule):
            rule.pullBack(
                byParameters: adjoint.parameters, byMomentum: &adjoint.first, to: &direction,
                in: block)
        case .learnedRates:
            InnerMetaSGD.pullBack(
                adjoint.parameters, to: &direction, byRates: &byRates, in: block,
                gradient: gradient, rates: rates)
        case .adam(let rule):
            rule.pullBack(
                byParameters: adjoint.parameters, byFirst: &adjoint.first,
                bySecond: &adjoint.second, to: &direction, from: state, in: block,
                gradient: gradient, step: step)
        }
    }
}
