package import Documents

/// MAML whose last layer starts from the support's prototypes, with the gradient through them
/// (Triantafillou et al., "Meta-Dataset: a dataset of datasets for learning to learn from few
/// examples", 2020).
package struct ProtoMAML: MetaLearner, Hashable {
    /// As for ``SecondOrderMAML``.
    package var multiStepEpochs = 0

    /// By the last step's loss alone.
    package init() {}

    /// `proto_maml`.
    package static let key = "proto_maml"
    /// What it is.
    package static let documentation =
        "ProtoMAML: as maml, the last layer starting from the means of the support's features by class."
    /// Its settings.
    package static let fields: Fields<Self> = [.multiStepEpochs(\.multiStepEpochs)]

    /// The exact gradient, through the start of the last layer.
    package func goal(epoch: Int) -> AdaptationGoal {
        SecondOrderMAML(multiStepEpochs: multiStepEpochs).goal(epoch: epoch)
    }

    /// From the prototypes of the support.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.headStart = .prototypes
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
