public import Documents

/// What a class must bring to be put out, and when it may be left again.
public struct Hysteresis: Described, Hashable {
    /// The probability that the class needs, from 0 to 1; 0 asks for none.
    public var enterProbability = 0.0
    /// The class is not left while its probability is above this, from 0 to 1; 1 lets it go at any
    /// time.
    public var leaveProbability = 1.0
    /// For how long the class must be decided, one decision after the other, each with
    /// ``enterProbability``.
    public var enterDuration = DecisionDuration.decisions(1)

    /// Hysteresis that changes nothing.
    public init() {}

    private static let enterDuration = DecisionDurationFields<Self>(
        "enter", \.enterDuration,
        "For how long the class must be decided, one decision after the other, before it is put "
            + "out; each of them with `enter_probability`.")

    /// The members.
    public static let fields = Fields<Self>(
        [
            Field(
                "enter_probability", \.enterProbability, .number(in: 0...1),
                "The probability that the class needs before it is put out."),
            Field(
                "leave_probability", \.leaveProbability, .number(in: 0...1),
                "The class is put out as long as its probability is above this; with 1 it may be "
                    + "left at any time."),
        ] + enterDuration.fields, rules: [enterDuration.oneAtMost])

    /// Refuses a duration that is given twice.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        try Self.enterDuration.check(object)
    }
}
