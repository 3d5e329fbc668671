import Autodiff

/// The rule of a step of adaptation, as the engine keeps it.
///
/// The library's rules are cases of their own although each is an ``InnerRule``: a step of a small
/// model takes a few microseconds, and calls of cases are specialized for the scalar and inlined,
/// which calls through a protocol are not. Rules of packages outside go through the protocol.
package enum InnerOptimizer: Sendable {
    /// Gradient descent.
    case sgd(InnerSGD)
    /// Gradient descent with momentum.
    case momentum(InnerMomentum)
    /// Adam in the form that is differentiated.
    case adam(InnerAdam)
    /// Gradient descent with learned rates, which stand behind the parameters in the flat vector;
    /// they start from this number.
    case learnedRates(start: Double)
    /// Gradient descent with learned rates, one for each parameter tensor and step, which stand
    /// behind the parameters in the flat vector, tensor after tensor.
    case layerRates(LayerRates)
    /// A rule of a package outside.
    case custom(any InnerRule)

    /// A rule as the engine keeps it.
    ///
    /// - Parameter rule: One of the library's, which has a case of its own, or of a package outside.
    package init(_ rule: any InnerRule) {
        self =
            switch rule {
            case let rule as InnerSGD: .sgd(rule)
            case let rule as InnerMomentum: .momentum(rule)
            case let rule as InnerAdam: .adam(rule)
            default: .custom(rule)
            }
    }

    /// The learning rate; what learned rates start from.
    package var learningRate: Double {
        switch self {
        case .sgd(let rule): rule.learningRate
        case .momentum(let rule): rule.learningRate
        case .adam(let rule): rule.learningRate
        case .learnedRates(let start): start
        case .layerRates(let rates): rates.start
        case .custom(let rule): rule.learningRate
        }
    }

    /// The rule at another learning rate; learned rates give way to plain gradient descent.
    func at(learningRate: Double) -> InnerOptimizer {
        func changed(_ rule: any InnerRule) -> InnerOptimizer {
            var rule = rule
            rule.learningRate = learningRate
            return InnerOptimizer(rule)
        }
        return switch self {
        case .sgd(let rule): changed(rule)
        case .momentum(let rule): changed(rule)
        case .adam(let rule): changed(rule)
        case .custom(let rule): changed(rule)
        case .learnedRates, .layerRates: changed(InnerSGD())
        }
    }

    /// Moments that are kept besides the parameters.
    package var momentCount: Int {
        switch self {
        case .sgd(let rule): rule.momentCount
        case .momentum(let rule): rule.momentCount
        case .adam(let rule): rule.momentCount
        case .learnedRates, .layerRates: 0
        case .custom(let rule): rule.momentCount
        }
    }

    /// Whether the adjoint depends on the step's gradient.
    var adjointNeedsGradient: Bool {
        switch self {
        case .sgd(let rule): rule.adjointNeedsGradient
        case .momentum(let rule): rule.adjointNeedsGradient
        case .adam(let rule): rule.adjointNeedsGradient
        case .learnedRates, .layerRates: true
        case .custom(let rule): rule.adjointNeedsGradient
        }
    }

    /// Whether the adjoint depends on the moments before the step.
    var adjointNeedsMoments: Bool {
        switch self {
        case .sgd(let rule): rule.adjointNeedsMoments
        case .momentum(let rule): rule.adjointNeedsMoments
        case .adam(let rule): rule.adjointNeedsMoments
        case .learnedRates, .layerRates: false
        case .custom(let rule): rule.adjointNeedsMoments
        }
    }

    /// Whether the rates are learned.
    package var learnsRates: Bool {
        switch self {
        case .learnedRates, .layerRates: true
        default: false
        }
    }

    /// The learned rates of a model as they stand behind its parameters.
    ///
    /// - Parameter layout: The model's parameters.
    /// - Returns: For each parameter its rate, or its rates step by step; `nil` when none are learned.
    package func rateLayout(of layout: ParameterLayout) -> ParameterLayout? {
        switch self {
        case .learnedRates: layout
        case .layerRates(let rates):
            ParameterLayout(layout.entries.map { ($0.name, [rates.stepCount]) })
        default: nil
        }
    }

    /// What learned rates start from, as many as a model has; empty when none are learned.
    func startRates(of layout: ParameterLayout) -> [Float] {
        Array(repeating: Float(learningRate), count: rateLayout(of: layout)?.count ?? 0)
    }

    /// The rule for a model's parameters.
    func placed(on layout: ParameterLayout) -> Self {
        guard case .layerRates(let rates) = self else { return self }
        return .layerRates(rates.placed(on: layout))
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
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool
    ) {
        switch self {
        case .sgd(let rule):
            rule.update(
                &state, from: source, in: block, gradient: gradient, step: step,
                movesParameters: movesParameters)
        case .momentum(let rule):
            rule.update(
                &state, from: source, in: block, gradient: gradient, step: step,
                movesParameters: movesParameters)
        case .adam(let rule):
            rule.update(
                &state, from: source, in: block, gradient: gradient, step: step,
                movesParameters: movesParameters)
        case .custom(let rule):
            rule.update(
                &state, from: source, in: block, gradient: gradient, step: step,
                movesParameters: movesParameters)
        case .learnedRates:
            guard movesParameters else { return }
            InnerMetaSGD.update(&state, from: source, in: block, gradient: gradient)
        case .layerRates(let rates):
            guard movesParameters else { return }
            InnerLayerRates.update(
                &state, from: source, in: block, gradient: gradient,
                place: rates.place(of: block, step: step))
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
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int
    ) {
        switch self {
        case .sgd(let rule):
            rule.pullBack(
                &adjoint, to: &direction, from: state, in: block, gradient: gradient, step: step)
        case .momentum(let rule):
            rule.pullBack(
                &adjoint, to: &direction, from: state, in: block, gradient: gradient, step: step)
        case .adam(let rule):
            rule.pullBack(
                &adjoint, to: &direction, from: state, in: block, gradient: gradient, step: step)
        case .custom(let rule):
            rule.pullBack(
                &adjoint, to: &direction, from: state, in: block, gradient: gradient, step: step)
        case .learnedRates:
            InnerMetaSGD.pullBack(
                &adjoint, to: &direction, from: state, in: block, gradient: gradient)
        case .layerRates(let rates):
            InnerLayerRates.pullBack(
                &adjoint, to: &direction, from: state, in: block, gradient: gradient,
                place: rates.place(of: block, step: step))
        }
    }
}
