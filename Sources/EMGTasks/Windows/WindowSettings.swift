public import Documents

/// How windows are cut: the member `window` of a configuration.
public struct WindowSettings: Described, Hashable {
    /// The length of a window.
    public var length: SampleDuration
    /// The distance between the starts of neighboring windows.
    public var stride: SampleDuration
    /// Which label a window gets.
    @KindValue public var labelRule: any LabelRule
    /// What is left out on both sides of each label change.
    public var transitionTrim: SampleDuration

    /// Creates settings.
    ///
    /// - Parameters:
    ///   - length: The length of a window, at least 1 sample.
    ///   - stride: The distance between the starts of neighboring windows, at least 1 sample.
    ///   - labelRule: Which label a window gets.
    ///   - transitionTrim: What is left out on both sides of each label change.
    public init(
        length: SampleDuration, stride: SampleDuration, labelRule: any LabelRule = LabelRules.last,
        transitionTrim: SampleDuration = .samples(0)
    ) {
        self.length = length
        self.stride = stride
        _labelRule = KindValue(wrappedValue: labelRule)
        self.transitionTrim = transitionTrim
    }

    /// Creates settings whose length and stride are still to be set: they are 0 samples.
    public init() {
        self.init(length: .samples(0), stride: .samples(0))
    }

    private static let length = DurationFields<Self>(
        "length", \.length, "The length of a window.")
    private static let stride = DurationFields<Self>(
        "stride", \.stride, "The distance between the starts of neighboring windows.")
    private static let transitionTrim = DurationFields<Self>(
        "transition_trim", \.transitionTrim, from: 0,
        "What is left out on both sides of each label change.")

    /// The members.
    public static let fields = Fields<Self>(
        length.fields + stride.fields + [
            Field(
                "label_rule", \.labelRule, .labelRule,
                "The label of a window: of its `last` or middle (`center`) sample, the most "
                    + "frequent one (`majority`), or only windows of one label (`pure`).")
        ] + transitionTrim.fields,
        rules: [length.oneOfThem, stride.oneOfThem, transitionTrim.oneAtMost])

    /// Refuses a duration that is given twice, and a window without length or stride.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        try Self.length.check(object, isRequired: true)
        try Self.stride.check(object, isRequired: true)
        try Self.transitionTrim.check(object)
    }
}
