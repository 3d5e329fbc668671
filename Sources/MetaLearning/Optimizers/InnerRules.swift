/// The library's inner optimizers, for training that is configured in code; documents name them by
/// their keys.
public enum InnerRules {
    /// Gradient descent.
    ///
    /// - Parameter learningRate: α, above 0.
    /// - Returns: The rule.
    public static func sgd(learningRate: Double) -> any InnerRule {
        InnerSGD(learningRate: learningRate)
    }

    /// Gradient descent with momentum.
    ///
    /// - Parameters:
    ///   - learningRate: α, above 0.
    ///   - decay: What is kept of the momentum from step to step, from 0 to below 1.
    /// - Returns: The rule.
    public static func momentum(learningRate: Double, decay: Double = 0.9) -> any InnerRule {
        InnerMomentum(learningRate: learningRate, decay: decay)
    }

    /// Adam in the form that is differentiated.
    ///
    /// - Parameter learningRate: α, above 0.
    /// - Returns: The rule.
    public static func adam(learningRate: Double) -> any InnerRule {
        InnerAdam(learningRate: learningRate)
    }
}
