internal import Documents

/// Other names for recordings: what the archive has of one person under two names, or of one visit
/// as two sessions, comes together.
package struct Renaming: Sendable, Hashable {
    /// Which recordings get the names.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        /// The one that the decision is about.
        case recording
        /// Every recording of its session.
        case session
        /// Every recording of its person.
        case patient
    }

    /// Which recordings get the names, by what the archive calls their person and session.
    package var scope: Scope
    /// The person; `nil` to leave it.
    package var patient: String?
    /// The session; `nil` to leave it.
    package var session: String?
    /// The condition; `nil` to leave it.
    package var condition: String?
    /// The run; `nil` to leave it.
    package var run: String?

    /// Creates a renaming.
    package init(
        scope: Scope = .recording, patient: String? = nil, session: String? = nil,
        condition: String? = nil, run: String? = nil
    ) {
        self.scope = scope
        self.patient = patient
        self.session = session
        self.condition = condition
        self.run = run
    }

    /// The keys of the names, of which there must be one.
    static let nameKeys = ["patient", "session", "condition", "run"]

    /// The members of a renaming in whatever has one.
    static func fields<Root: Sendable>(
        of path: any WritableKeyPath<Root, Renaming> & Sendable
    ) -> [Field<Root>] {
        func name(
            _ key: String, _ part: any WritableKeyPath<Renaming, String?> & Sendable,
            _ documentation: String
        ) -> Field<Root> {
            Field(
                key, schema: FieldFormat<String>.namePart.schema, documentation,
                read: { cursor, root throws(DocumentError) in
                    root[keyPath: path][keyPath: part] = try FieldFormat<String>.namePart.read(
                        cursor)
                },
                write: { $0[keyPath: path][keyPath: part].map { .string($0) } })
        }
        return [
            Field(
                "scope", schema: FieldFormat<Scope>.choice.schema,
                "Which recordings get the names: the `recording`, all of its `session`, or all of "
                    + "its `patient`.", isRequired: true,
                read: { cursor, root throws(DocumentError) in
                    root[keyPath: path].scope = try cursor.choice()
                },
                write: { .string($0[keyPath: path].scope.rawValue) }),
            name("patient", \.patient, "The person."),
            name("session", \.session, "The session."),
            name("condition", \.condition, "The condition."),
            name("run", \.run, "The run."),
        ]
    }
}
