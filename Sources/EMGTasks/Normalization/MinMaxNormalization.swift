package import Documents

/// From 0 to 1 on the support.
package struct MinMaxNormalization: NormalizationRule {
    /// The rule.
    package init() {}

    /// The name in documents.
    package static let key = "min_max"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "From 0 to 1 on the support."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// The map of a channel.
    package func map(of channel: SupportChannel) -> (offset: Double, scale: Double) {
        (Double(channel.least), Double(channel.greatest) - Double(channel.least))
    }
}

extension NormalizationRule where Self == MinMaxNormalization {
    /// From 0 to 1 on the support.
    package static var minMax: MinMaxNormalization { MinMaxNormalization() }
}
