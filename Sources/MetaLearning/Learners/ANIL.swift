public import Documents

/// MAML whose last layer alone adapts (Raghu, Raghu, Bengio and Vinyals, "Rapid learning or
/// feature reuse?", 2020).
public struct ANIL: MetaLearner, Hashable {
    /// As for ``SecondOrderMAML``.
    public var multiStepEpochs = 0

    /// By the last step's loss alone.
    public init() {}

    /// Creates the learner.
    ///
    /// - Parameter multiStepEpochs: As for ``SecondOrderMAML``.
    public init(multiStepEpochs: Int) {
        self.multiStepEpochs = multiStepEpochs
    }

    /// `anil`.
    public static let key = "anil"
    /// What it is.
    public static let documentation = "ANIL: as maml, only the last layer adapts."
    /// Its settings.
    public static let fields: Fields<Self> = [.multiStepEpochs(\.multiStepEpochs)]

    /// The exact gradient.
    public func goal(epoch: Int) -> AdaptationGoal {
        SecondOrderMAML(multiStepEpochs: multiStepEpochs).goal(epoch: epoch)
    }

    /// With all layers but the last one held.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.adaptsHeadOnly = true
        return settings
    }
}
