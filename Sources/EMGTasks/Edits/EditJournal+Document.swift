package import Documents
private import EMGSignal

extension EditJournal {
    private static let head = DocumentFormat(
        format, version: formatVersion, hint: "is this file the edit file of a review?")

    private static let fields: Fields<Self> = {
        let members: [Field<Self>] = [
            Field(
                "software", schema: { _ in .text }, "What wrote the file last.",
                read: { cursor, _ throws(DocumentError) in _ = try cursor.string() },
                write: { _ in .string(SoftwareVersion.text) }),
            Field(
                "decisions",
                schema: { _ in
                    .list(of: DecisionDocument.schema, count: 0 ... .max, isUnique: false)
                }, "The decisions, oldest first.", isRequired: true,
                read: { list, journal throws(DocumentError) in
                    var decisions: [EditDecision] = []
                    for cursor in try list.array() {
                        decisions.append(
                            try DecisionDocument.decision(cursor, after: decisions))
                    }
                    journal = EditJournal(decisions)
                },
                write: { .array($0.decisions.map(\.document)) }),
        ]
        return Fields(head.fields() + members)
    }()

    /// Reads a journal.
    ///
    /// - Parameter cursor: The top of an edit file.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        try Self.head.check(cursor)
        self.init()
        try Self.fields.read(cursor.object(allowing: Self.fields.keys), into: &self)
    }

    /// The journal as the text of an edit file: one decision a line, so that versions of the file
    /// can be compared line by line.
    package var json: String {
        DocumentValue.object(Self.fields.members(of: self)).json(Self.style)
    }

    private static let style: JSONStyle = {
        var style = JSONStyle.indented(onOneLine: ["decisions.*"])
        style.indentation = 0
        return style
    }()

    /// The schema of edit files, `schemas/edits.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "edits.schema.json", title: "MyoTask edit file",
            documentation: "What people decided about the recordings of an archive on the page of "
                + "`myotask review`; `myotask build --edits` applies it. Decisions are only ever "
                + "added; docs/review/edit-file.md says what each means.",
            schema: .object(fields.schema(with: Kinds(), standard: nil)))
    }
}
