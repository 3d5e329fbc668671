package import Documents

/// MAML whose classes all start from one learned row of the last layer, so that they may be named in
/// any order (Ye and Chao, "How to train your MAML to excel in few-shot classification", 2022).
package struct UnicornMAML: MetaLearner, Hashable {
    /// As for ``SecondOrderMAML``.
    package var multiStepEpochs = 0

    /// By the last step's loss alone.
    package init() {}

    /// `unicorn_maml`.
    package static let key = "unicorn_maml"
    /// What it is.
    package static let documentation =
        "UNICORN-MAML: as maml, the last layer starting from one learned row for every class."
    /// Its settings.
    package static let fields: Fields<Self> = [.multiStepEpochs(\.multiStepEpochs)]

    /// The exact gradient, through the start of the last layer.
    package func goal(epoch: Int) -> AdaptationGoal {
        SecondOrderMAML(multiStepEpochs: multiStepEpochs).goal(epoch: epoch)
    }

    /// From one learned row for every class.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.headStart = .shared
        return settings
    }

    /// As asked for, when it ends in a linear layer.
    package func network(
        _ model: any ModelDefinition, channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        try networkWithLastLayer(
            model, channelCount: channelCount, windowLength: windowLength, classCount: classCount)
    }
}
