internal import Documents

/// A duration in the settings of control: decisions, or seconds to be turned into decisions at the
/// rate of a decoder's decisions.
public enum DecisionDuration: Sendable, Hashable {
    /// A number of decisions, at least 1.
    case decisions(Int)
    /// A number of seconds, above 0.
    case seconds(Double)

    /// The duration in decisions.
    ///
    /// - Parameter rate: Decisions a second.
    /// - Returns: The nearest number of decisions, at least 1.
    func decisions(at rate: Double) -> Int {
        switch self {
        case .decisions(let count): max(1, count)
        case .seconds(let duration): max(1, Int((duration * rate).rounded()))
        }
    }
}

/// A property with a duration as two members of an object, of which one may stand there:
/// `KEY_decisions` and `KEY_seconds`.
struct DecisionDurationFields<Root: Sendable>: Sendable {
    private let key: String
    private let documentation: String
    private let path: any WritableKeyPath<Root, DecisionDuration> & Sendable

    /// - Parameters:
    ///   - key: What the members' names begin with.
    ///   - path: The property.
    ///   - documentation: What it means.
    init(
        _ key: String, _ path: any WritableKeyPath<Root, DecisionDuration> & Sendable,
        _ documentation: String
    ) {
        self.key = key
        self.path = path
        self.documentation = documentation
    }

    private var decisions: String { "\(key)_decisions" }
    private var seconds: String { "\(key)_seconds" }

    /// The members.
    var fields: [Field<Root>] {
        let path = path
        let inDecisions = FieldFormat<Int>.integer(in: 1...10_000)
        let inSeconds = FieldFormat<Double>.number(in: 0.0001...60)
        return [
            Field(
                decisions, schema: inDecisions.schema, "\(documentation) In decisions.",
                read: { cursor, root throws(DocumentError) in
                    root[keyPath: path] = .decisions(try inDecisions.read(cursor))
                },
                write: { root in
                    guard case .decisions(let count) = root[keyPath: path] else { return nil }
                    return inDecisions.write(count)
                }),
            Field(
                seconds, schema: inSeconds.schema,
                "\(documentation) In seconds: the nearest number of decisions, at least 1.",
                read: { cursor, root throws(DocumentError) in
                    root[keyPath: path] = .seconds(try inSeconds.read(cursor))
                },
                write: { root in
                    guard case .seconds(let duration) = root[keyPath: path] else { return nil }
                    return inSeconds.write(duration)
                }),
        ]
    }

    /// What binds the members to each other.
    var oneAtMost: ObjectSchema.Rule { .atMostOne([decisions, seconds]) }

    /// Refuses both members in one object.
    func check(_ object: DocumentObject) throws(DocumentError) {
        guard object.optional(decisions) != nil, let cursor = object.optional(seconds) else {
            return
        }
        throw cursor.error(expected: "either \"\(decisions)\" or \"\(seconds)\"", found: "both")
    }
}
