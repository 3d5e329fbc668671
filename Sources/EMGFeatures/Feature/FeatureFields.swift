internal import Documents

extension Field {
    /// The threshold of a feature that counts.
    static func threshold(
        _ path: any WritableKeyPath<Root, Double> & Sendable, _ documentation: String,
        isRequired: Bool = false
    ) -> Field {
        Field(
            "threshold", path, .number(in: 0 ... .greatestFiniteMagnitude), documentation,
            isRequired: isRequired)
    }
}
