package import Documents

/// Samples as they are.
package struct NoNormalization: NormalizationRule {
    /// The rule.
    package init() {}

    /// The name in documents.
    package static let key = "none"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Samples as they are."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// It looks at nothing.
    package var isFitted: Bool { false }

    /// The map of a channel.
    package func map(of channel: SupportChannel) -> (offset: Double, scale: Double) {
        (0, 1)
    }
}

extension NormalizationRule where Self == NoNormalization {
    /// Samples as they are.
    package static var none: NoNormalization { NoNormalization() }
}
