public import Documents

/// Less the mean, over the standard deviation of the support.
public struct StandardNormalization: NormalizationRule {
    /// The rule.
    public init() {}

    /// The name in documents.
    public static let key = "standard"
    /// What it is.
    public static let documentation = "Less the mean, over the standard deviation of the support."
    /// It has no members.
    public static let fields: Fields<Self> = []

    /// The map of a channel.
    public func map(of channel: SupportChannel) -> (offset: Double, scale: Double) {
        (channel.mean, channel.deviation)
    }
}

extension NormalizationRule where Self == StandardNormalization {
    /// Less the mean, over the standard deviation of the support.
    public static var standard: StandardNormalization { StandardNormalization() }
}
