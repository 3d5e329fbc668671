package import Documents

extension TrainingConfiguration {
    /// What the meta-trained model is compared with; each is fine-tuned in the same way.
    package struct Baselines: Described, Hashable {
        /// Whether the untrained model is compared.
        package var random = true
        /// Whether a linear discriminant on time-domain features of the windows is compared. It
        /// is no model of this module: whoever knows features hands it to the trainer.
        package var lda = true
        /// How a prior over people's class means is learned and compared; `nil` for not at all.
        /// Like the discriminant it needs features, and so comes from whoever knows them.
        package var prior: Prior?
        /// How the pre-trained model is made; `nil` for none.
        package var pretrained: Pretrained? = Pretrained()

        /// The default baselines.
        package init() {}

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field("random", \.random, .boolean, "The untrained model."),
            Field(
                "lda", \.lda, .boolean,
                "A linear discriminant on time-domain features, fitted to each support: the "
                    + "standard of clinics. Of labeled arrays, the class of the nearest mean, and of "
                    + "samples of up to 64 numbers a discriminant on those."),
            // Left out when there is none, so that runs from before keep their identity.
            .settings(
                "prior", \.prior, standard: Prior(), withoutAny: nil,
                "A Gaussian prior over people's class means in log amplitude, learned on the training "
                    + "tasks; each support gives its posterior in closed form."),
            .settings(
                "pretrained", \.pretrained, standard: Pretrained(),
                withoutAny: DocumentValue(.boolean(false)),
                "A model trained on all training tasks' windows with Adam; false for none."),
        ]
    }
}

extension Field {
    /// A method with settings: an object of them, `true` for the standard ones or `false` for none.
    ///
    /// - Parameters:
    ///   - key: The member's name.
    ///   - path: The settings; `nil` without the method.
    ///   - standard: The settings that `true` stands for.
    ///   - absence: How the absence of the method is written; `nil` for not at all.
    ///   - documentation: What the method is.
    /// - Returns: The field.
    fileprivate static func settings<Settings: Described>(
        _ key: String, _ path: any WritableKeyPath<Root, Settings?> & Sendable,
        standard: Settings, withoutAny absence: DocumentValue?, _ documentation: String
    ) -> Field {
        Field(
            key, schema: { .either([.boolean, .object(Settings.schema(with: $0))]) },
            documentation,
            read: { cursor, root throws(DocumentError) in
                var settings = root[keyPath: path] ?? standard
                if case .boolean(let isWanted) = cursor.value.content {
                    root[keyPath: path] = isWanted ? settings : nil
                    return
                }
                try settings.read(cursor)
                root[keyPath: path] = settings
            },
            write: { $0[keyPath: path]?.document ?? absence })
    }
}
