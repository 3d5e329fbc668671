internal import Documents
internal import EMGSignal

extension SplitSettings {
    /// The members that say which recordings make a task together; left out when each is its own.
    static let recordingFields: [Field<Self>] = [
        patterns(
            "support_from", \.support,
            "Recordings that a person's support comes from, as patterns of "
                + "patient/session/condition; the rule takes its part of each. Each recording is a "
                + "task of its own when left out."),
        patterns(
            "query_from", \.query,
            "Recordings that the query comes from, all of each; needs `support_from`."),
        patterns(
            "earlier_from", \.earlier,
            "Recordings from before that methods may use which know the person, all of each. They "
                + "are in neither support nor query."),
        Field(
            "task_per", schema: FieldFormat<RecordingParts.Subject>.choice.schema,
            "Whose recordings make a task with `support_from` and `query_from`: a person's, or those "
                + "of each of their sessions.",
            read: { cursor, settings throws(DocumentError) in
                settings.recordings = settings.recordings ?? RecordingParts(support: [], query: [])
                settings.recordings?.subject = try FieldFormat.choice.read(cursor)
            },
            write: { $0.recordings.map { FieldFormat.choice.write($0.subject) } }),
    ]

    private static func patterns(
        _ key: String, _ path: any WritableKeyPath<RecordingParts, [TaskPattern]> & Sendable,
        _ documentation: String
    ) -> Field<Self> {
        let format = FieldFormat<[TaskPattern]>.oneOrMore(of: .taskPattern)
        return Field(
            key, schema: format.schema, documentation,
            read: { cursor, settings throws(DocumentError) in
                settings.recordings = settings.recordings ?? RecordingParts(support: [], query: [])
                settings.recordings?[keyPath: path] = try format.read(cursor)
            },
            write: { settings in
                guard let parts = settings.recordings, !parts[keyPath: path].isEmpty else {
                    return nil
                }
                return format.write(parts[keyPath: path])
            })
    }

    /// Refuses parts of which support or query is missing.
    func checkRecordings(_ object: DocumentObject) throws(DocumentError) {
        guard let recordings else { return }
        for (key, patterns) in [
            ("support_from", recordings.support), ("query_from", recordings.query),
        ] where patterns.isEmpty {
            throw object.cursor.error(
                expected: "\"\(key)\", as tasks are made of several recordings", found: "none",
                hint: "support_from: [\"*/*/NAME\"] and query_from: [\"*/*/OTHER\"] stand together")
        }
    }

    /// The members as parameters of a manifest's split: reading gives them back.
    var recordingParameters: [String: ProcessingStep.Value] {
        guard recordings != nil else { return [:] }
        return .init(Fields(Self.recordingFields).members(of: self))
    }

    /// The members among a manifest's parameters.
    static var recordingKeys: [String] { recordingFields.map(\.key) }
}
