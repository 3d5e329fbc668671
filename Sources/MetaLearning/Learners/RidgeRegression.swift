package import Documents

/// R2D2: a ridge regression from the support's features to its classes; see ``RidgeHead``.
package struct RidgeRegression: HeadLearner, Hashable {
    /// Numbers of the network's last layer, from 1 to 65,536, when there is no ``base``.
    package var features = 64
    /// What the network's output is added to.
    package var base = FeatureBase.none

    /// On the network's own features.
    package init() {}

    /// Creates the learner.
    package init(features: Int, base: FeatureBase = .none) {
        self.features = features
        self.base = base
    }

    /// `ridge`.
    package static let key = "ridge"
    /// What it is.
    package static let documentation =
        "R2D2: a ridge regression on the support's features in closed form; no inner steps."
    /// Its settings.
    package static let fields: Fields<Self> = [.features(\.features), .base(\.base)]

    /// The regression.
    package func head(width: Int, channelCount: Int, classCount: Int) -> any ClosedFormHead {
        RidgeHead()
    }
}
