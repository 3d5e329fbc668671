/// What is compared on the test tasks.
///
/// Other modules may add methods, each with a name of its own: what adapts by other means than
/// fine-tuning is a ``SupportClassifier``.
public struct Method: RawRepresentable, Sendable, Hashable {
    /// Its name in files and options.
    public let rawValue: String

    /// Creates a method by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The untrained model, fine-tuned.
    public static let random = Method(rawValue: "random")
    /// The model trained on all training tasks' windows, fine-tuned.
    public static let pretrained = Method(rawValue: "pretrained")
    /// The meta-trained model, fine-tuned.
    public static let meta = Method(rawValue: "meta")
    /// A linear discriminant on time-domain features, fitted to each task's support.
    public static let lda = Method(rawValue: "lda")
    /// A Gaussian prior over people's class means, learned on training tasks: each support gives
    /// its posterior in closed form.
    public static let prior = Method(rawValue: "prior")

    /// The class whose support samples' mean is nearest to a sample, number by number.
    package static let nearestMean = Method(rawValue: "nearest_mean")

    /// What it is called wherever people read: in tables, figures and pages.
    package var title: String {
        switch self {
        case .pretrained: "pre-trained"
        case .meta: "meta-trained"
        case .lda: "LDA"
        case .prior: "learned prior"
        case .nearestMean: "nearest mean"
        default: rawValue
        }
    }

    /// Whether it is a model whose parameters are fine-tuned step by step.
    package var isFineTuned: Bool { [.random, .pretrained, .meta].contains(self) }

    /// Whether its numbers depend on a seed: whatever is fitted without drawing at random gives
    /// the same with all.
    package var hasSeed: Bool { ![.lda, .prior, .nearestMean].contains(self) }
}
