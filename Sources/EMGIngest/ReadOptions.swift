/// What a caller says about a source that the source may not say itself.
public struct ReadOptions: Sendable, Hashable {
    /// What to do with a sample that is empty or not finite.
    public enum MissingPolicy: String, Sendable, Hashable, CaseIterable {
        /// Refuse the file, naming line and column.
        case reject
        /// Store not-a-number and mark the samples as non-finite, so that nothing is filtered or
        /// windowed across them.
        case markAsMissing = "mark"
    }

    /// The name of the format to read as; `nil` to find it out.
    public var format: String?
    /// Parts of the identity that the file's place does not say, or tells wrongly.
    public var identity: IdentityOverride
    /// The sampling rate in hertz; `nil` to estimate it from time stamps.
    public var samplingRateHertz: Double?
    /// The unit of the samples where the source does not say; `count` for numbers of a converter
    /// without a scale.
    public var unit: String
    /// What to do with a sample that is empty or not finite.
    public var missing: MissingPolicy
    /// The longest segment of missing samples, in seconds, that is filled by interpolation; `nil`
    /// to repair nothing.
    public var repairSeconds: Double?
    /// Which parts of a source with several (channels of different rates, several series) are
    /// read.
    public var parts: PartSelection
    /// How a source without a format of its own is laid out.
    public var template: SourceTemplate?

    /// Which part of a source's path is what; it counts more than a template's path and what the
    /// source says, and less than ``identity``.
    public var layout: SourceLayout?

    /// Creates options.
    ///
    /// - Parameters:
    ///   - format: The name of the format; `nil` to find it out.
    ///   - identity: Parts of the identity that the caller knows better.
    ///   - samplingRateHertz: The sampling rate in hertz, finite and above 0.
    ///   - unit: The unit of the samples where the source does not say.
    ///   - missing: What to do with a sample that is empty or not finite.
    ///   - repairSeconds: The longest segment of missing samples that is interpolated, in seconds.
    ///   - parts: Which parts of a source with several are read.
    ///   - template: How a source without a format of its own is laid out.
    ///   - layout: Which part of a source's path is what.
    public init(
        format: String? = nil, identity: IdentityOverride = IdentityOverride(),
        samplingRateHertz: Double? = nil, unit: String = "count",
        missing: MissingPolicy = .reject, repairSeconds: Double? = nil,
        parts: PartSelection = .main, template: SourceTemplate? = nil, layout: SourceLayout? = nil
    ) {
        self.format = format
        self.identity = identity
        self.samplingRateHertz = samplingRateHertz
        self.unit = unit
        self.missing = missing
        self.repairSeconds = repairSeconds
        self.parts = parts
        self.template = template
        self.layout = layout
    }

    /// Which parts of a source with several are read.
    public enum PartSelection: Sendable, Hashable {
        /// The part with the EMG.
        case main
        /// Every part, each as a recording of its own; the others have their name as run.
        case all
        /// The part of that name.
        case named(String)
    }
}
