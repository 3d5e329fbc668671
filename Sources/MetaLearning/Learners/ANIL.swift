package import Documents

/// MAML whose last layer alone adapts (Raghu, Raghu, Bengio and Vinyals, "Rapid learning or
/// feature reuse?", 2020).
package struct ANIL: MetaLearner, Hashable {
    /// As for ``SecondOrderMAML``.
    package var multiStepEpochs = 0

    /// By the last step's loss alone.
    package init() {}

    /// Creates the learner.
    ///
    /// - Parameter multiStepEpochs: As for ``SecondOrderMAML``.
    package init(multiStepEpochs: Int) {
        self.multiStepEpochs = multiStepEpochs
    }

    /// `anil`.
    package static let key = "anil"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "ANIL: as maml, only the last layer adapts."
    /// Its settings.
    package static let fields: Fields<Self> = [.multiStepEpochs(\.multiStepEpochs)]

    /// The exact gradient.
    package func goal(epoch: Int) -> AdaptationGoal {
        SecondOrderMAML(multiStepEpochs: multiStepEpochs).goal(epoch: epoch)
    }

    /// With all layers but the last one held.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.adaptedPart = .lastLayers(1)
        return settings
    }
}
