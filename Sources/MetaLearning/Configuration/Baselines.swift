public import Documents

extension TrainingConfiguration {
    /// What the meta-trained model is compared with; each is fine-tuned in the same way.
    public struct Baselines: Described, Hashable {
        /// Whether the untrained model is compared.
        public var random = true
        /// Whether a linear discriminant on time-domain features of the windows is compared. It
        /// is no model of this module: whoever knows features hands it to the trainer.
        public var lda = true
        /// How a prior over people's class means is learned and compared; `nil` for not at all.
        /// Like the discriminant it needs features, and so comes from whoever knows them.
        public var prior: Prior?
        /// How the pre-trained model is made; `nil` for none.
        public var pretrained: Pretrained? = Pretrained()

        /// The default baselines.
        public init() {}

        /// The members of a document.
        public static let fields: Fields<Self> = [
            Field("random", \.random, .boolean, "The untrained model."),
            Field(
                "lda", \.lda, .boolean,
                "A linear discriminant on time-domain features, fitted to each support: the "
                    + "standard of clinics."),
            Field(
                "prior",
                schema: { .either([.boolean, .object(Prior.schema(with: $0))]) },
                "A Gaussian prior over people's class means in log amplitude, learned on the training "
                    + "tasks; each support gives its posterior in closed form.",
                read: { cursor, baselines throws(DocumentError) in
                    if case .boolean(let isWanted) = cursor.value.content {
                        baselines.prior = isWanted ? baselines.prior ?? Prior() : nil
                        return
                    }
                    var settings = baselines.prior ?? Prior()
                    try settings.read(cursor)
                    baselines.prior = settings
                },
                // Left out when there is none, so that runs from before keep their identity.
                write: { $0.prior?.document }),
            Field(
                "pretrained",
                schema: { .either([.boolean, .object(Pretrained.schema(with: $0))]) },
                "A model trained on all training tasks' windows with Adam; false for none.",
                read: { cursor, baselines throws(DocumentError) in
                    if case .boolean(let isWanted) = cursor.value.content {
                        if !isWanted { baselines.pretrained = nil }
                        return
                    }
                    var settings = baselines.pretrained ?? Pretrained()
                    try settings.read(cursor)
                    baselines.pretrained = settings
                },
                write: { $0.pretrained?.document ?? DocumentValue(.boolean(false)) }),
        ]
    }
}
