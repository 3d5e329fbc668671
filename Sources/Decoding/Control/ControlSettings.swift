public import Documents

/// What is made of a decoder's probabilities before a device follows them.
///
/// Everything is off by default: the likeliest class is put out. The steps, in the order in which
/// ``ControlLayer`` takes them: rejection, vote, hysteresis, refractory time, velocity.
public struct ControlSettings: Described, Hashable {
    /// The class that means "do nothing", by name; `nil` for the class called rest, relax, neutral
    /// or no_motion, if there is one.
    public var neutral: String?
    /// A decision is rejected when its likeliest class is less probable than this, from 0 to 1.
    public var rejectBelow = 0.0
    /// What is made of a decision that is rejected.
    public var whenRejected = Rejection.neutral
    /// Over how many decisions, the newest included, the most frequent class is taken.
    public var vote = DecisionDuration.decisions(1)
    /// What classes must bring to be put out, and when they may be left again.
    public var hysteresis = Hysteresis()
    /// The same for single classes by name.
    public var classes: [String: Hysteresis] = [:]
    /// For how many seconds after a change there is no other one.
    public var refractorySeconds = 0.0
    /// How fast a class is put out; `nil` for the velocity 1.
    public var proportional: ProportionalOutput?

    /// What is made of a decision that is rejected.
    public enum Rejection: String, Sendable, Hashable, CaseIterable {
        /// It counts as one for the neutral class.
        case neutral
        /// It counts as none, and the class before is held.
        case hold
    }

    /// Settings with which the likeliest class is put out.
    public init() {}

    private static let vote = DecisionDurationFields<Self>(
        "vote", \.vote,
        "Over how many decisions, the newest included, the most frequent class is taken; of "
            + "classes that are as frequent, the one decided last.")

    /// The members.
    public static let fields = Fields<Self>(
        [
            Field(
                optional: "neutral", \.neutral, .name,
                "The class that means \"do nothing\", by name. When left out, the class called "
                    + "rest, relax, neutral or no_motion, whichever there is first in this order."),
            Field(
                "reject_below", \.rejectBelow, .number(in: 0...1),
                "A decision is rejected when its likeliest class is less probable than this."),
            Field(
                "when_rejected", \.whenRejected, .choice,
                "What is made of a decision that is rejected: it counts as one for the neutral "
                    + "class, or as none, and the class before is held."),
        ] + vote.fields + [
            Field(
                object: "hysteresis", \.hysteresis,
                "What a class must bring to be put out, and when it may be left again."),
            classesField,
            Field(
                "refractory_seconds", \.refractorySeconds, .number(in: 0...60),
                "For how many seconds after a change there is no other one."),
            Field(
                optional: "proportional", \.proportional, .object(),
                "How fast a class is put out, from the amplitude of the window; the velocity is 1 "
                    + "when left out."),
        ], rules: [vote.oneAtMost])

    private static let classesField = Field<Self>(
        "classes",
        schema: { .map(of: .object(Hysteresis.schema(with: $0))) },
        "The members of `hysteresis` for single classes by name; what is left out is as there.",
        read: { cursor, settings throws(DocumentError) in
            for (name, cursor) in try cursor.object().entries {
                var own = settings.classes[name] ?? settings.hysteresis
                try own.read(cursor)
                settings.classes[name] = own
            }
        },
        write: { .object(sorted: $0.classes.mapValues(\.document)) })

    /// Refuses a duration that is given twice.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        try Self.vote.check(object)
    }

    /// The schema of documents, `schemas/control.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "control.schema.json", title: "Control layer",
            documentation: "What is made of a decoder's probabilities before a device follows "
                + "them. Everything is off by default: the likeliest class is put out.",
            schema: .object(schema(with: Kinds())))
    }
}
