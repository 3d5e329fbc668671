public import Autodiff
public import Documents

/// Adam (Kingma and Ba 2015), PyTorch's form; weight decay is added to the gradient.
public struct OuterAdam: OuterRule, Hashable {
    /// w, the weight decay, from 0 to 1.
    public var weightDecay = 0.0

    /// No weight decay.
    public init() {}

    /// Adam with this weight decay.
    public init(weightDecay: Double) { self.weightDecay = weightDecay }

    /// `adam`.
    public static let key = "adam"
    /// What it is.
    public static let documentation = "Adam."
    /// Its settings.
    public static let fields: Fields<Self> = [.weightDecay(\.weightDecay)]

    /// The means of gradients and of their squares.
    public var momentCount: Int { 2 }

    /// Takes a step on one block; see ``OuterRule``.
    public func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>, step: OuterStep
    ) {
        AdamStep(step, kept: 1, added: weightDecay).move(
            &parameters, first: &first, second: &second, in: block, gradient: gradient)
    }
}

/// A step of Adam or AdamW.
struct AdamStep {
    private let step: OuterStep
    private let kept: Double
    private let added: Double

    private static let firstDecay = 0.9
    private static let secondDecay = 0.999
    private static let epsilon = 1e-8

    /// Prepares a step.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - kept: What AdamW leaves of a parameter.
    ///   - added: What Adam adds of a parameter to its gradient.
    init(_ step: OuterStep, kept: Double, added: Double) {
        self.step = step
        self.kept = kept
        self.added = added
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>
    ) {
        let (keepFirst, takeFirst) = (Scalar(Self.firstDecay), Scalar(1 - Self.firstDecay))
        let (keepSecond, takeSecond) = (Scalar(Self.secondDecay), Scalar(1 - Self.secondDecay))
        let correction = Scalar((1 - Self.secondDecay.power(step.count)).squareRoot())
        let stepSize = Scalar(step.learningRate / (1 - Self.firstDecay.power(step.count)))
        let (epsilon, kept, added) = (Scalar(Self.epsilon), Scalar(kept), Scalar(added))
        var allParameters = parameters.mutableSpan
        var allFirst = first.mutableSpan
        var allSecond = second.mutableSpan
        var theta = allParameters._mutatingExtracting(block)
        var m = allFirst._mutatingExtracting(block)
        var v = allSecond._mutatingExtracting(block)
        for index in 0..<gradient.count {
            let slope = gradient[index] + added * theta[index]
            m[index] = keepFirst * m[index] + takeFirst * slope
        }
        for index in 0..<gradient.count {
            let slope = gradient[index] + added * theta[index]
            v[index] = keepSecond * v[index] + takeSecond * (slope * slope)
        }
        for index in 0..<gradient.count {
            theta[index] =
                kept * theta[index] - stepSize * m[index] / (v[index].root / correction + epsilon)
        }
    }
}
