/// Who was recorded, when, doing what: the name of a recording and of the task made from it.
///
/// All four parts count. Leaving out the session makes the same patient and condition on two
/// days collide; leaving out the run loses repetitions.
public struct RecordingIdentity: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The person, for example `p7`.
    public let patient: String
    /// The visit, for example `2023_03_28_p7`.
    public let session: String
    /// What was different about the recording, for example `131`.
    public let condition: String
    /// The repetition of one condition within a session; empty when there is only one.
    public let run: String

    /// Creates an identity from names that can stand in a path. They are kept in Unicode's composed
    /// form, so that one name is one identity whichever system wrote it.
    ///
    /// - Parameters:
    ///   - patient: The person.
    ///   - session: The visit.
    ///   - condition: The condition.
    ///   - run: The repetition; empty when there is only one.
    /// - Throws: ``SignalError`` when a part is empty (but `run`), longer than 100 bytes, starts
    ///   with a dot, or has a slash, a backslash, a colon or a control character.
    public init(
        patient: String, session: String, condition: String, run: String = ""
    ) throws(SignalError) {
        try Self.check(patient, part: "patient")
        try Self.check(session, part: "session")
        try Self.check(condition, part: "condition")
        if !run.isEmpty { try Self.check(run, part: "run") }
        self.patient = patient.normalizedName
        self.session = session.normalizedName
        self.condition = condition.normalizedName
        self.run = run.normalizedName
    }

    /// `patient/session/condition`, with `-run` behind it when there is a run.
    public var id: String {
        run.isEmpty
            ? "\(patient)/\(session)/\(condition)" : "\(patient)/\(session)/\(condition)-\(run)"
    }

    /// The same as ``id``.
    public var description: String { id }

    /// Orders by patient, session, condition and run, numbers inside names by value: p2 before p10.
    public static func < (left: Self, right: Self) -> Bool {
        for (one, other) in [
            (left.patient, right.patient), (left.session, right.session),
            (left.condition, right.condition), (left.run, right.run),
        ] where one != other {
            return NaturalOrder.precedes(one, other)
        }
        return false
    }

    static func check(_ name: String, part: String) throws(SignalError) {
        let isUsable =
            !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".")
            && name.unicodeScalars.allSatisfy { scalar in
                !"/\\:".unicodeScalars.contains(scalar)
                    && scalar.properties.generalCategory != .control
                    && scalar.properties.generalCategory != .format
            }
        guard isUsable else {
            throw SignalError(
                .unusableName(part: part, found: name),
                hint: "use 1 to 100 bytes without / \\ : or control characters, no leading dot")
        }
    }
}
