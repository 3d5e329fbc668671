package import Documents

extension TrainingConfiguration.Baselines {
    /// A Gaussian prior over people's class means, learned on the training tasks and adapted to
    /// each support in closed form: ``LearnedPrior``.
    package struct Prior: Described, Hashable {
        /// How channels may lie turned from person to person.
        package enum Turns: String, Sendable, Hashable, CaseIterable {
            /// Channels are at the same places on everybody.
            case none
            /// Channels are a ring of electrodes that may be put on turned by any of them.
            case ring
        }

        /// How channels may lie turned from person to person.
        package var turns = Turns.none
        /// Whether all turns count, each as likely as the support makes it; otherwise the
        /// likeliest alone.
        package var mixesTurns = false
        /// How far the covariance of people is shrunk towards its diagonal, from 0 to 1; `nil` for
        /// the value under which training people are likeliest, each left out once.
        package var shrinkage: Double?
        /// Whether each class has a noise of its own.
        package var noiseByClass = false

        /// The default settings.
        package init() {}

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(
                "turns", \.turns, .choice(among: Turns.allCases),
                "`ring`: channels are a ring of electrodes that may be put on turned by any of them; "
                    + "`none`: they are at the same places on everybody."),
            Field(
                "mixture", \.mixesTurns, .boolean,
                "Whether all turns count, each as likely as the support makes it; otherwise the "
                    + "likeliest alone."),
            Field(
                optional: "shrinkage", \.shrinkage, .number(in: 0...1),
                "How far the covariance of people is shrunk towards its diagonal; the value under "
                    + "which training people are likeliest, each left out once, when left out.",
                absence: .leftOut),
            Field(
                "noise_by_class", \.noiseByClass, .boolean,
                "Whether the windows of each class scatter in their own way."),
        ]
    }
}
