/// The library's learners, for training that is configured in code; documents name them by their
/// keys.
public enum MetaLearners {
    /// Exact second-order MAML.
    ///
    /// - Parameter multiStepEpochs: Meta-epochs over which the query losses after every inner step
    ///   count, less from epoch to epoch; 0 for the last step's loss alone.
    /// - Returns: The learner.
    public static func maml(multiStepEpochs: Int = 0) -> any MetaLearner {
        SecondOrderMAML(multiStepEpochs: multiStepEpochs)
    }

    /// MAML without second derivatives.
    public static var firstOrderMAML: any MetaLearner { FirstOrderMAML() }

    /// Reptile: towards the adapted parameters.
    public static var reptile: any MetaLearner { Reptile() }

    /// As MAML, with only the last layer adapting.
    public static var anil: any MetaLearner { ANIL() }

    /// As MAML, with a learned rate for each parameter.
    public static var metaSGD: any MetaLearner { MetaSGD() }

    /// Implicit MAML, through the fixed point of adaptation.
    ///
    /// - Parameter solver: How the linear system is solved; its λ also pulls the adaptation back to
    ///   its start.
    /// - Returns: The learner.
    public static func implicitMAML(_ solver: ImplicitSolver) -> any MetaLearner {
        ImplicitMAML(solver)
    }

    /// First-order MAML over sequences of tasks, learned one after the other.
    ///
    /// - Parameters:
    ///   - length: Tasks of a sequence, at least 1.
    ///   - afterEachTask: Which query losses count besides those at the sequence's end.
    /// - Returns: The learner.
    public static func sequentialMAML(
        length: Int, afterEachTask: AfterEachTask = .none
    ) -> any MetaLearner {
        SequentialFirstOrderMAML(length: length, afterEachTask: afterEachTask)
    }
}
