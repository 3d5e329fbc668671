package import Documents
private import PrintableText

/// Features that are learned through the posterior over a person's class means; see
/// ``PosteriorHead``. With a ``base`` training starts from the ``LearnedPrior`` of the training tasks
/// on these features, and can only gain on validation tasks.
package struct PosteriorFeatures: HeadLearner, Hashable {
    /// Numbers of the network's last layer, from 1 to 65,536, when there is no ``base``.
    package var features = 16
    /// What the network's output is added to.
    package var base = FeatureBase.logAmplitude
    /// How channels may lie turned from person to person.
    package var turns = TrainingConfiguration.Baselines.Prior.Turns.none
    /// How far the spread of people is shrunk towards its diagonal at first, from 0 to 1; `nil` for
    /// the value under which training people are likeliest, each left out once.
    package var shrinkage: Double?

    /// On log amplitude, channels at the same places on everybody.
    package init() {}

    /// `posterior`.
    package static let key = "posterior"
    /// What it is.
    package static let documentation =
        "Features learned through the posterior of a Gaussian prior over people's class means; no "
        + "inner steps."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .features(\.features), .base(\.base),
        Field(
            "turns", \.turns, .choice(among: TrainingConfiguration.Baselines.Prior.Turns.allCases),
            "`ring`: channels are a ring of electrodes that may be put on turned by any of them, all "
                + "turns counted as the support makes them likely; `none`: they are at the same "
                + "places on everybody."),
        Field(
            optional: "shrinkage", \.shrinkage, .number(in: 0...1),
            "How far the covariance of people is shrunk towards its diagonal at first; the value "
                + "under which training people are likeliest, each left out once, when left out.",
            absence: .leftOut),
    ]

    /// Numbers of all class means together, at most: their covariance has as many squared.
    private static let mostMeans = 4_096
    /// Channels on a ring, at most: each row is looked at in as many turns.
    private static let mostChannels = 256

    /// The posterior.
    package func head(
        width: Int, channelCount: Int, classCount: Int
    ) throws(MetaLearningError) -> any ClosedFormHead {
        guard classCount * width <= Self.mostMeans else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "at most \(Self.mostMeans) numbers of all class means",
                    found: "\(classCount) classes of \(width) features"),
                at: "algorithm_settings",
                hint: "set algorithm_settings.base: log_amplitude, or none with fewer features")
        }
        guard turns == .ring else {
            return PosteriorHead(classCount: classCount, width: width, shrinkage: shrinkage)
        }
        guard (2...Self.mostChannels).contains(channelCount), base != .none else {
            throw MetaLearningError(
                .outOfRange(
                    expected:
                        "2 to \(Self.mostChannels) channels and features that start from them",
                    found: base == .none ? "base: none" : "\(channelCount, of: "channel")"),
                at: "algorithm_settings.turns",
                hint: "set algorithm_settings.turns: none, or base: log_amplitude")
        }
        return PosteriorHead(
            classCount: classCount, width: width,
            turns: .ring(channels: channelCount, perChannel: width / channelCount),
            shrinkage: shrinkage)
    }
}
