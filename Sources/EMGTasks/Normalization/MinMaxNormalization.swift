public import Documents

/// From 0 to 1 on the support.
public struct MinMaxNormalization: NormalizationRule {
    /// The rule.
    public init() {}

    /// The name in documents.
    public static let key = "min_max"
    /// What it is.
    public static let documentation = "From 0 to 1 on the support."
    /// It has no members.
    public static let fields: Fields<Self> = []

    /// The map of a channel.
    public func map(of channel: SupportChannel) -> (offset: Double, scale: Double) {
        (Double(channel.least), Double(channel.greatest) - Double(channel.least))
    }
}

extension NormalizationRule where Self == MinMaxNormalization {
    /// From 0 to 1 on the support.
    public static var minMax: MinMaxNormalization { MinMaxNormalization() }
}
