package import Documents

/// Prototypical networks: classes are the means of their support's features; see ``PrototypeHead``.
package struct PrototypicalNetwork: HeadLearner, Hashable {
    /// How near a query is to a class.
    package var distance = PrototypeHead.Distance.euclidean
    /// Numbers of the network's last layer, from 1 to 65,536, when there is no ``base``.
    package var features = 64
    /// What the network's output is added to.
    package var base = FeatureBase.none

    /// Euclidean distances of the network's own features.
    package init() {}

    /// Creates the learner.
    package init(
        _ distance: PrototypeHead.Distance, features: Int = 64, base: FeatureBase = .none
    ) {
        self.distance = distance
        self.features = features
        self.base = base
    }

    /// `prototypes`.
    package static let key = "prototypes"
    /// What it is.
    package static let documentation =
        "Prototypical networks: each class is the mean of its support's features; no inner steps."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("distance", \.distance, .choice, "How near a query is to a class."),
        .features(\.features), .base(\.base),
    ]

    /// The means of classes.
    package func head(width: Int, channelCount: Int, classCount: Int) -> any ClosedFormHead {
        PrototypeHead(distance)
    }
}
