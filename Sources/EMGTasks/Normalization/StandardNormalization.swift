package import Documents

/// Less the mean, over the standard deviation of the support.
package struct StandardNormalization: NormalizationRule {
    /// The rule.
    package init() {}

    /// The name in documents.
    package static let key = "standard"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Less the mean, over the standard deviation of the support."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// The map of a channel.
    package func map(of channel: SupportChannel) -> (offset: Double, scale: Double) {
        (channel.mean, channel.deviation)
    }
}

extension NormalizationRule where Self == StandardNormalization {
    /// Less the mean, over the standard deviation of the support.
    package static var standard: StandardNormalization { StandardNormalization() }
}
