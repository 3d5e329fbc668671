public import Documents

/// How samples are scaled before a model sees them, channel by channel: one affine map each, always
/// fitted on the support alone.
///
/// A rule of a package outside is one type that conforms; documents name it, as
/// `normalization: median`, when it is added to the `Kinds` that they are read with.
public protocol NormalizationRule: DescribedKind, Hashable {
    /// Whether the map depends on the support; when it does not, it leaves samples as they are.
    var isFitted: Bool { get }

    /// The map of a channel: normalized = (sample − offset) / scale.
    ///
    /// - Parameter channel: The channel's samples of the support, at least one, all finite.
    /// - Returns: The offset and the scale, in the channel's unit. A scale that is not above 0, as
    ///   for a channel that does not move, counts as 1.
    func map(of channel: SupportChannel) -> (offset: Double, scale: Double)
}

extension NormalizationRule {
    /// The value of `normalization` in a configuration, and of `method` in a manifest.
    public var name: String { Self.key }

    /// It does.
    public var isFitted: Bool { true }
}

extension Registry<any NormalizationRule> {
    /// The library's rules.
    package static var standard: Registry {
        Registry([
            Entry(StandardNormalization.self) { $0 }, Entry(MinMaxNormalization.self) { $0 },
            Entry(NoNormalization.self) { $0 },
        ])
    }
}

extension FieldFormat<any NormalizationRule> {
    /// The name of a rule, or an object with that name and the rule's settings.
    package static var normalization: FieldFormat {
        .named(.standard, noun: "normalization", described: { $0 })
    }
}

extension Kinds {
    /// Adds a normalization of a package outside.
    ///
    /// - Parameter type: The rule; its key is not one of the library's or of those added before.
    public mutating func add<Rule: NormalizationRule>(normalization type: Rule.Type) {
        add(Registry<any NormalizationRule>.Entry(type) { $0 })
    }
}
