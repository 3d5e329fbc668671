public import Documents

/// Samples as they are.
public struct NoNormalization: NormalizationRule {
    /// The rule.
    public init() {}

    /// The name in documents.
    public static let key = "none"
    /// What it is.
    public static let documentation = "Samples as they are."
    /// It has no members.
    public static let fields: Fields<Self> = []

    /// It looks at nothing.
    public var isFitted: Bool { false }

    /// The map of a channel.
    public func map(of channel: SupportChannel) -> (offset: Double, scale: Double) {
        (0, 1)
    }
}

extension NormalizationRule where Self == NoNormalization {
    /// Samples as they are.
    public static var none: NoNormalization { NoNormalization() }
}
